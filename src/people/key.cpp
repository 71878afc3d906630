#include "people/key.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "crypto/digest.h"
#include "crypto/token.h"
#include "http/message.h"
#include "people/store.h"

namespace beffroi::people {

namespace {

constexpr std::string_view kPrefix = "bfr_";
constexpr std::size_t kIdCharacters = 16, kSecretCharacters = 43, kMaxCommuneBytes = 63, kMaxNameBytes = 100;
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr std::string_view kColumns = "SELECT id, account, name, scopes, created_ms, ends_ms, last_used_day, revoked FROM people_key ";

std::string text_of(const std::vector<Right>& scopes) {
  std::string text;
  for (const Right right : scopes) text += (text.empty() ? "" : " ") + std::string(name_of(right));
  return text;
}

// A right that this program does not know opens nothing.
std::vector<Right> scopes_of(std::string_view text) {
  std::vector<Right> scopes;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (const auto right = right_of(text.substr(0, end))) scopes.push_back(*right);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return scopes;
}

Key read(const db::Statement& row) {
  Key key;
  key.id = row.text(0);
  key.account = row.text(1);
  key.name = row.text(2);
  key.scopes = scopes_of(row.text(3));
  key.created_ms = row.number(4);
  key.ends_ms = row.number(5);
  key.last_used_day = row.text(6);
  key.revoked = row.number(7) != 0;
  return key;
}

Result<std::vector<Key>> read_all(db::Statement& rows) {
  std::vector<Key> all;
  while (BEFFROI_TRY(rows.step())) all.push_back(read(rows));
  return all;
}

bool has(std::span<const Membership> memberships, Right right) {
  return std::any_of(memberships.begin(), memberships.end(), [&](const Membership& member) { return may(member.role, right); });
}

Status check(const NewKey& key) {
  BEFFROI_CHECK(store::check_label(key.name, kMaxNameBytes, "Le nom d’une clé"));
  if (key.days < 1 || key.days > kLongestKeyDays) {
    return fail(Code::invalid_argument, fmt::format("Une clé vaut de 1 à {} jours.", kLongestKeyDays));
  }
  if (key.scopes.empty()) return fail(Code::invalid_argument, "Choisissez au moins un droit pour cette clé.");
  if (!std::all_of(key.scopes.begin(), key.scopes.end(), fits_a_key)) {
    return fail(Code::invalid_argument, "Une clé ne peut ni changer un compte, ni faire d’autres clés.");
  }
  return {};
}

Status check_owner(db::Database& database, const NewKey& key) {
  {
    db::Statement owner = BEFFROI_TRY(database.prepare("SELECT disabled FROM people_account WHERE id = ?"));
    BEFFROI_CHECK(owner.bind_all(std::string_view(key.account)));
    if (!BEFFROI_TRY(owner.step())) return store::no_account();
    if (owner.number(0) != 0) return fail(Code::denied, "Ce compte n’est plus en service.");
  }
  const auto memberships = BEFFROI_TRY(store::all_memberships(database, key.account));
  if (!std::all_of(key.scopes.begin(), key.scopes.end(), [&](Right right) { return has(memberships, right); })) {
    return fail(Code::denied, "Une clé ne peut pas faire plus que la personne à qui elle est.");
  }
  db::Statement count = BEFFROI_TRY(database.prepare("SELECT count(*) FROM people_key WHERE account = ? AND revoked = 0"));
  BEFFROI_CHECK(count.bind_all(std::string_view(key.account)));
  BEFFROI_TRY(count.step());
  if (count.number(0) >= static_cast<std::int64_t>(kMostKeys)) {
    return fail(Code::conflict, fmt::format("Ce compte a déjà {} clés\u00a0: révoquez celles qui ne servent plus.", kMostKeys));
  }
  return {};
}

}  // namespace

std::string day_of(std::int64_t time_ms) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(time_ms)};
  const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(time));
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                     static_cast<unsigned>(day.day()));
}

bool fits_a_key(Right right) { return right != Right::own_account && right != Right::manage_keys && right != Right::manage_people; }

std::optional<KeyText> parse_key(std::string_view text) {
  const auto all_of = [](std::string_view part, std::string_view alphabet) {
    return part.find_first_not_of(alphabet) == std::string_view::npos;
  };
  if (!text.starts_with(kPrefix)) return std::nullopt;
  text.remove_prefix(kPrefix.size());
  const std::size_t first = text.find('_');
  if (first == std::string_view::npos || first == 0 || first > kMaxCommuneBytes) return std::nullopt;
  const std::string_view commune = text.substr(0, first), rest = text.substr(first + 1);
  if (rest.size() != kIdCharacters + 1 + kSecretCharacters || rest[kIdCharacters] != '_') return std::nullopt;
  const std::string_view id = rest.substr(0, kIdCharacters), secret = rest.substr(kIdCharacters + 1);
  if (!all_of(commune, "abcdefghijklmnopqrstuvwxyz0123456789-") || !all_of(id, "0123456789abcdef") || !crypto::from_base64url(secret)) {
    return std::nullopt;
  }
  return KeyText{std::string(commune), std::string(id), std::string(secret)};
}

std::optional<KeyText> key_in(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!http::same_word(authorization.substr(0, kScheme.size()), kScheme)) return std::nullopt;
  return parse_key(authorization.substr(kScheme.size()));
}

Result<IssuedKey> issue_key(const tenants::Tenant& tenant, const NewKey& key, std::int64_t now_ms) {
  BEFFROI_CHECK(check(key));
  IssuedKey issued;
  issued.key = {crypto::random_id(), key.account, key.name, key.scopes, now_ms, now_ms + key.days * kDayMs, {}, false};
  const std::string secret = crypto::random_token();
  issued.text = fmt::format("{}{}_{}_{}", kPrefix, tenant.id(), issued.key.id, secret);
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(check_owner(database, key));
  BEFFROI_CHECK(store::run(database,
                           "INSERT INTO people_key (id, secret_hash, account, name, scopes, created_ms, ends_ms, last_used_day, revoked) "
                           "VALUES (?, ?, ?, ?, ?, ?, ?, '', 0)",
                           std::string_view(issued.key.id), std::string_view(crypto::sha256_hex(secret)), std::string_view(key.account),
                           std::string_view(key.name), std::string_view(text_of(key.scopes)), now_ms, issued.key.ends_ms));
  BEFFROI_CHECK(transaction.commit());
  return issued;
}

Result<std::optional<FoundKey>> find_key(const tenants::Tenant& tenant, const KeyText& text, std::int64_t now_ms) {
  if (text.commune != tenant.id()) return std::optional<FoundKey>{};
  db::Database database = BEFFROI_TRY(tenant.connect());
  FoundKey found;
  {
    db::Statement row = BEFFROI_TRY(database.prepare(
        "SELECT k.id, k.account, k.name, k.scopes, k.created_ms, k.ends_ms, k.last_used_day, k.revoked, k.secret_hash, a.name "
        "FROM people_key k JOIN people_account a ON a.id = k.account WHERE k.id = ? AND a.disabled = 0"));
    BEFFROI_CHECK(row.bind_all(std::string_view(text.id)));
    if (!BEFFROI_TRY(row.step())) return std::optional<FoundKey>{};
    found.key = read(row);
    found.owner_name = row.text(9);
    if (!crypto::same_secret(row.text(8), crypto::sha256_hex(text.secret))) return std::optional<FoundKey>{};
  }
  if (found.key.revoked || now_ms >= found.key.ends_ms) return std::optional<FoundKey>{};
  found.memberships = BEFFROI_TRY(store::all_memberships(database, found.key.account));
  if (const std::string today = day_of(now_ms); found.key.last_used_day != today) {  // a write a day, not worth failing the request for
    found.key.last_used_day = today;
    static_cast<void>(
        store::run(database, "UPDATE people_key SET last_used_day = ? WHERE id = ?", std::string_view(today), std::string_view(text.id)));
  }
  return std::optional<FoundKey>(std::move(found));
}

Result<std::vector<Key>> keys(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(std::string(kColumns) + "ORDER BY created_ms DESC, id"));
  return read_all(rows);
}

Result<std::vector<Key>> keys_of(const tenants::Tenant& tenant, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare(std::string(kColumns) + "WHERE account = ? ORDER BY created_ms DESC, id"));
  BEFFROI_CHECK(rows.bind_all(account));
  return read_all(rows);
}

Status revoke_key(const tenants::Tenant& tenant, std::string_view id) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  const std::int64_t revoked = BEFFROI_TRY(store::changed(database, "UPDATE people_key SET revoked = 1 WHERE id = ?", id));
  if (revoked == 0) return fail(Code::not_found, "Cette clé n’existe pas.");
  return {};
}

Status revoke_key_of(const tenants::Tenant& tenant, std::string_view account, std::string_view id) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  const std::int64_t revoked =
      BEFFROI_TRY(store::changed(database, "UPDATE people_key SET revoked = 1 WHERE id = ? AND account = ?", id, account));
  if (revoked == 0) return fail(Code::not_found, "Cette clé n’existe pas.");
  return {};
}

}  // namespace beffroi::people
