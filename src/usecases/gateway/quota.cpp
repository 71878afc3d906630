#include "usecases/gateway/quota.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "people/key.h"
#include "tenants/settings.h"

namespace beffroi::gateway {

namespace {

// `subject`: the id of a key, or empty for the commune. `most`: the limit when it was last counted, which the statement compares with.
constexpr db::Migration kMigrations[] = {{85, R"sql(
  CREATE TABLE gateway_use (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('requests', 'tokens')),
    period TEXT NOT NULL,
    used INTEGER NOT NULL,
    most INTEGER NOT NULL,
    PRIMARY KEY (subject, kind, period)
  ) STRICT, WITHOUT ROWID;
)sql"}};

constexpr tenants::NumberSetting kRequests = {"gateway.requests_a_minute", 300, 0, kMostRequests};
constexpr tenants::NumberSetting kTokens = {"gateway.tokens_a_day", 2'000'000, 0, kMostTokens};
constexpr tenants::NumberSetting kKeyRequests = {"gateway.key_requests_a_minute", 60, 0, kMostRequests};
constexpr tenants::NumberSetting kKeyTokens = {"gateway.key_tokens_a_day", 500'000, 0, kMostTokens};

constexpr std::int64_t kMinuteMs = 60'000, kDayMs = 24 * 60 * kMinuteMs;

// A key's own settings bear its id.
struct KeySettings {
  std::string requests, tokens;
  explicit KeySettings(std::string_view key)
      : requests(fmt::format("gateway.key.{}.requests_a_minute", key)), tokens(fmt::format("gateway.key.{}.tokens_a_day", key)) {}
};

std::string minute_of(std::int64_t now_ms) {
  const std::int64_t minute = now_ms % kDayMs / kMinuteMs;
  return fmt::format("{}T{:02}:{:02}", people::day_of(now_ms), minute / 60, minute % 60);
}

int seconds_left(std::int64_t now_ms, std::int64_t period_ms) { return static_cast<int>((period_ms - now_ms % period_ms + 999) / 1000); }

struct Row {
  std::string subject;
  std::string_view kind;
  std::string period;
  std::int64_t wanted, limit;
  std::int64_t used = 0;
  bool taken = false;
};
using Rows = std::array<Row, 4>;

// Either of the commune's row or the key's that leaves less.
Standing standing(const Row& one, const Row& other, int reset_s) {
  const Row& tighter = one.limit - one.used <= other.limit - other.used ? one : other;
  return {tighter.limit, tighter.used, reset_s};
}

// The one statement: rows that would go over their limit are left as they are and not returned.
Status count(db::Database& database, Rows& rows) {
  db::Statement insert = BEFFROI_TRY(
      database.prepare("INSERT INTO gateway_use (subject, kind, period, used, most) VALUES "
                       "(?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER)), (?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER)), "
                       "(?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER)), (?, ?, ?, CAST(? AS INTEGER), CAST(? AS INTEGER)) "
                       "ON CONFLICT (subject, kind, period) DO UPDATE SET used = gateway_use.used + excluded.used, most = excluded.most "
                       "WHERE excluded.used = 0 OR gateway_use.used + excluded.used <= excluded.most RETURNING subject, kind, used"));
  int at = 0;
  for (const Row& row : rows) {
    BEFFROI_CHECK(insert.bind(++at, std::string_view(row.subject)));
    BEFFROI_CHECK(insert.bind(++at, row.kind));
    BEFFROI_CHECK(insert.bind(++at, std::string_view(row.period)));
    BEFFROI_CHECK(insert.bind(++at, row.wanted));
    BEFFROI_CHECK(insert.bind(++at, row.limit));
  }
  while (BEFFROI_TRY(insert.step())) {
    for (Row& row : rows) {
      if (row.subject != insert.text(0) || row.kind != insert.text(1)) continue;
      row.used = insert.number(2);
      row.taken = true;
    }
  }
  return {};
}

Status add(db::Database& database, const Row& row, std::int64_t more) {
  db::Statement update =
      BEFFROI_TRY(database.prepare("UPDATE gateway_use SET used = CASE WHEN used + CAST(? AS INTEGER) < 0 THEN 0 ELSE used + CAST(? AS "
                                   "INTEGER) END WHERE subject = ? AND kind = ? AND period = ?"));
  BEFFROI_CHECK(update.bind_all(more, more, std::string_view(row.subject), row.kind, std::string_view(row.period)));
  return update.run();
}

Status forget_old(db::Database& database, std::int64_t now_ms) {
  db::Statement remove =
      BEFFROI_TRY(database.prepare("DELETE FROM gateway_use WHERE (kind = 'requests' AND period < ?) OR (kind = 'tokens' AND period < ?)"));
  BEFFROI_CHECK(remove.bind_all(std::string_view(minute_of(now_ms - 10 * kMinuteMs)),
                                std::string_view(people::day_of(now_ms - kDaysUseIsKept * kDayMs))));
  return remove.run();
}

std::string why_refused(const Row& row, int reset_s) {
  const std::string_view whose = row.subject.empty() ? "la commune" : "cette clé";
  if (row.kind == "requests") {
    return fmt::format("Le quota de {} est atteint\u00a0: {} demandes par minute. Recommencez dans {} s.", whose, row.limit, reset_s);
  }
  return fmt::format(
      "Le quota de {} ne suffit pas\u00a0: {} jetons par jour, {} déjà comptés, {} demandés. Demandez moins de jetons "
      "(max_tokens) ou attendez demain.",
      whose, row.limit, row.used, row.wanted);
}

Status write(const tenants::Tenant& tenant, std::string_view requests, std::string_view tokens, const Limits& limits) {
  BEFFROI_CHECK(tenants::write(tenant, tenants::NumberSetting{requests, 0, 0, kMostRequests}, limits.requests_a_minute));
  return tenants::write(tenant, tenants::NumberSetting{tokens, 0, 0, kMostTokens}, limits.tokens_a_day);
}

}  // namespace

std::span<const db::Migration> quota_migrations() { return kMigrations; }

Result<Limits> usual_limits(const tenants::Tenant& tenant) {
  return Limits{BEFFROI_TRY(tenants::read(tenant, kKeyRequests)), BEFFROI_TRY(tenants::read(tenant, kKeyTokens))};
}

Result<Limits> limits_of(const tenants::Tenant& tenant, std::string_view key) {
  if (key.empty()) return Limits{BEFFROI_TRY(tenants::read(tenant, kRequests)), BEFFROI_TRY(tenants::read(tenant, kTokens))};
  const Limits usual = BEFFROI_TRY(usual_limits(tenant));
  const KeySettings own(key);
  const tenants::NumberSetting requests{own.requests, usual.requests_a_minute, 0, kMostRequests};
  const tenants::NumberSetting tokens{own.tokens, usual.tokens_a_day, 0, kMostTokens};
  return Limits{BEFFROI_TRY(tenants::read(tenant, requests)), BEFFROI_TRY(tenants::read(tenant, tokens))};
}

Status set_limits(const tenants::Tenant& tenant, std::string_view key, const Limits& limits) {
  if (key.empty()) return write(tenant, kRequests.key, kTokens.key, limits);
  const KeySettings own(key);
  return write(tenant, own.requests, own.tokens, limits);
}

Status set_usual_limits(const tenants::Tenant& tenant, const Limits& limits) {
  return write(tenant, kKeyRequests.key, kKeyTokens.key, limits);
}

Status forget_limits(const tenants::Tenant& tenant, std::string_view key) {
  const KeySettings own(key);
  BEFFROI_CHECK(tenants::forget(tenant, own.requests));
  return tenants::forget(tenant, own.tokens);
}

Result<Taken> take(const tenants::Tenant& tenant, const Wanted& wanted, std::int64_t now_ms) {
  const Limits commune = BEFFROI_TRY(limits_of(tenant, ""));
  const Limits key = BEFFROI_TRY(limits_of(tenant, wanted.key));
  const std::string minute = minute_of(now_ms), day = people::day_of(now_ms);
  Rows rows{{{"", "requests", minute, 1, commune.requests_a_minute},
             {wanted.key, "requests", minute, 1, key.requests_a_minute},
             {"", "tokens", day, wanted.tokens, commune.tokens_a_day},
             {wanted.key, "tokens", day, wanted.tokens, key.tokens_a_day}}};
  db::Database database = BEFFROI_TRY(tenant.connect());
  BEFFROI_CHECK(count(database, rows));
  // A row counted for the first time is not compared by the statement.
  const auto holds = [](const Row& row) { return row.taken && (row.wanted == 0 || row.used <= row.limit); };
  const auto refused = std::find_if_not(rows.begin(), rows.end(), holds);
  const int minute_left = seconds_left(now_ms, kMinuteMs), day_left = seconds_left(now_ms, kDayMs);
  if (refused != rows.end()) {
    for (Row& row : rows) {
      if (!row.taken) continue;
      BEFFROI_CHECK(add(database, row, -row.wanted));
      row.used -= row.wanted;
    }
    const auto used = BEFFROI_TRY(use_of(tenant, now_ms));
    for (Row& row : rows) {
      if (const auto found = used.find(row.subject); found != used.end()) {
        row.used = row.kind == "requests" ? found->second.requests : found->second.tokens;
      }
    }
  } else if (rows[0].used == 1) {
    BEFFROI_CHECK(forget_old(database, now_ms));
  }
  Taken taken;
  taken.granted = refused == rows.end();
  taken.requests = standing(rows[0], rows[1], minute_left);
  taken.tokens = standing(rows[2], rows[3], day_left);
  if (!taken.granted) {
    taken.retry_after_s = refused->kind == "requests" ? minute_left : day_left;
    taken.why = why_refused(*refused, taken.retry_after_s);
  }
  return taken;
}

Status settle(const tenants::Tenant& tenant, const Wanted& reserved, std::int64_t spent, std::int64_t taken_ms) {
  const std::int64_t more = spent - reserved.tokens;
  if (more == 0) return {};
  db::Database database = BEFFROI_TRY(tenant.connect());
  for (const std::string& subject : std::set<std::string>{"", reserved.key}) {
    BEFFROI_CHECK(add(database, {subject, "tokens", people::day_of(taken_ms), 0, 0}, more));
  }
  return {};
}

Result<std::map<std::string, Use>> use_of(const tenants::Tenant& tenant, std::int64_t now_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(
      "SELECT subject, kind, used FROM gateway_use WHERE (kind = 'requests' AND period = ?) OR (kind = 'tokens' AND period = ?)"));
  BEFFROI_CHECK(rows.bind_all(std::string_view(minute_of(now_ms)), std::string_view(people::day_of(now_ms))));
  std::map<std::string, Use> used;
  while (BEFFROI_TRY(rows.step())) {
    Use& use = used[std::string(rows.text(0))];
    (rows.text(1) == "requests" ? use.requests : use.tokens) = rows.number(2);
  }
  return used;
}

}  // namespace beffroi::gateway
