#include "people/session.h"

#include <array>

#include "crypto/digest.h"
#include "crypto/token.h"
#include "people/store.h"

namespace beffroi::people {

namespace {

constexpr std::int64_t kMinuteMs = 60'000;
constexpr std::int64_t kWeekMs = 7LL * 24 * 3600 * 1000;
constexpr std::int64_t kClockToleranceMs = 5 * kMinuteMs;  // servers of one installation agree to a few seconds
constexpr std::int64_t kMostSessions = 20;
constexpr std::size_t kSecretCharacters = 43;

bool is_over(const Session& session, std::int64_t now_ms, const SessionRules& rules) {
  return now_ms >= session.ends_ms || now_ms - session.created_ms >= rules.whole_ms || now_ms - session.seen_ms >= rules.idle_ms ||
         session.seen_ms - now_ms > kClockToleranceMs;
}

// Columns id, method, browser, created_ms, seen_ms, ends_ms.
Session read(const db::Statement& row) {
  Session session;
  session.id = row.text(0);
  session.method = row.text(1);
  session.browser = row.text(2);
  session.created_ms = row.number(3);
  session.seen_ms = row.number(4);
  session.ends_ms = row.number(5);
  return session;
}

// A write a minute at most, and not worth failing the request for.
void note_seen(db::Database& database, Session& session, std::int64_t now_ms) {
  if (now_ms - session.seen_ms < kMinuteMs) return;
  session.seen_ms = now_ms;
  static_cast<void>(store::run(database, "UPDATE people_session SET seen_ms = ? WHERE id = ?", now_ms, std::string_view(session.id)));
}

}  // namespace

Result<OpenedSession> open_session(const tenants::Tenant& tenant, const NewSession& session, std::int64_t now_ms,
                                   const SessionRules& rules) {
  OpenedSession opened;
  opened.secret = crypto::random_token();
  opened.session = {crypto::random_id(), session.method, session.browser, now_ms, now_ms, now_ms + rules.whole_ms};
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  {
    db::Statement account = BEFFROI_TRY(database.prepare("SELECT disabled FROM people_account WHERE id = ?"));
    BEFFROI_CHECK(account.bind_all(std::string_view(session.account)));
    if (!BEFFROI_TRY(account.step())) return store::no_account();
    if (account.number(0) != 0) return fail(Code::denied, "Ce compte n’est plus en service.");
  }
  BEFFROI_CHECK(store::run(database,
                           "INSERT INTO people_session (id, secret_hash, account, method, browser, created_ms, seen_ms, ends_ms) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                           std::string_view(opened.session.id), std::string_view(crypto::sha256_hex(opened.secret)),
                           std::string_view(session.account), std::string_view(session.method), std::string_view(session.browser), now_ms,
                           now_ms, opened.session.ends_ms));
  BEFFROI_CHECK(store::run(database,
                           "DELETE FROM people_session WHERE account = ? AND id NOT IN "
                           "(SELECT id FROM people_session WHERE account = ? ORDER BY created_ms DESC, id LIMIT ?)",
                           std::string_view(session.account), std::string_view(session.account), kMostSessions));
  BEFFROI_CHECK(transaction.commit());
  return opened;
}

Result<std::optional<SignedIn>> find_session(const tenants::Tenant& tenant, std::string_view secret, std::int64_t now_ms,
                                             const SessionRules& rules) {
  if (secret.size() != kSecretCharacters) return std::optional<SignedIn>{};
  db::Database database = BEFFROI_TRY(tenant.connect());
  SignedIn found;
  {
    db::Statement row = BEFFROI_TRY(database.prepare(
        "SELECT s.id, s.method, s.browser, s.created_ms, s.seen_ms, s.ends_ms, a.id, a.name, a.must_change FROM people_session s "
        "JOIN people_account a ON a.id = s.account WHERE s.secret_hash = ? AND a.disabled = 0"));
    BEFFROI_CHECK(row.bind_all(std::string_view(crypto::sha256_hex(secret))));
    if (!BEFFROI_TRY(row.step())) return std::optional<SignedIn>{};
    found.session = read(row);
    found.account = row.text(6);
    found.name = row.text(7);
    found.must_change = row.number(8) != 0;
  }
  if (is_over(found.session, now_ms, rules)) return std::optional<SignedIn>{};
  found.memberships = BEFFROI_TRY(store::all_memberships(database, found.account));
  note_seen(database, found.session, now_ms);
  return std::optional<SignedIn>(std::move(found));
}

Result<std::vector<Session>> sessions_of(const tenants::Tenant& tenant, std::string_view account, std::int64_t now_ms,
                                         const SessionRules& rules) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows =
      BEFFROI_TRY(database.prepare("SELECT id, method, browser, created_ms, seen_ms, ends_ms FROM people_session WHERE account = ? "
                                   "ORDER BY seen_ms DESC, id"));
  BEFFROI_CHECK(rows.bind_all(account));
  std::vector<Session> open;
  while (BEFFROI_TRY(rows.step())) {
    Session session = read(rows);
    if (!is_over(session, now_ms, rules)) open.push_back(std::move(session));
  }
  return open;
}

Status revoke_session(const tenants::Tenant& tenant, std::string_view account, std::string_view session) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  const std::int64_t ended =
      BEFFROI_TRY(store::changed(database, "DELETE FROM people_session WHERE account = ? AND id = ?", account, session));
  if (ended == 0) return fail(Code::not_found, "Cette session n’existe pas, ou est déjà fermée.");
  return {};
}

Status revoke_sessions(const tenants::Tenant& tenant, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::run(database, "DELETE FROM people_session WHERE account = ?", account);
}

Result<std::int64_t> purge_sessions(const tenants::Tenant& tenant, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::changed(database, "DELETE FROM people_session WHERE ends_ms < ?", now_ms - kWeekMs);
}

std::string csrf_of(std::string_view secret) { return crypto::hmac_sha256_hex(secret, "csrf"); }

std::string browser_of(std::string_view user_agent) {
  struct Known {
    std::string_view mark, name;
  };
  // The first that is found: each browser also claims to be those after it.
  static constexpr std::array<Known, 5> kBrowsers{
      {{"Edg", "Edge"}, {"OPR/", "Opera"}, {"Firefox/", "Firefox"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}}};
  static constexpr std::array<Known, 6> kSystems{
      {{"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Windows", "Windows"}, {"Mac OS X", "macOS"}, {"Linux", "Linux"}}};
  const auto first_of = [user_agent](const auto& list) -> std::string_view {
    for (const Known& known : list) {
      if (user_agent.find(known.mark) != std::string_view::npos) return known.name;
    }
    return {};
  };
  std::string browser(first_of(kBrowsers));
  const std::string_view system = first_of(kSystems);
  if (!browser.empty() && !system.empty()) browser += ", ";
  return browser += system;
}

}  // namespace beffroi::people
