#include "people/account.h"

#include <algorithm>

#include "crypto/token.h"
#include "json/utf8.h"
#include "people/store.h"

namespace beffroi::people {

namespace {

constexpr std::size_t kMaxLoginBytes = 254;  // of an e-mail address
constexpr std::size_t kMaxNameBytes = 200;
constexpr std::string_view kColumns =
    "SELECT id, login, name, must_change, disabled, CASE WHEN password = '' THEN 0 ELSE 1 END, created_ms FROM people_account ";

std::int64_t flag(bool on) { return on ? 1 : 0; }

Account read(const db::Statement& row) {
  Account account;
  account.id = row.text(0);
  account.login = row.text(1);
  account.name = row.text(2);
  account.must_change = row.number(3) != 0;
  account.disabled = row.number(4) != 0;
  account.has_password = row.number(5) != 0;
  account.created_ms = row.number(6);
  return account;
}

Status read_own_memberships(db::Database& database, Account& account) {
  db::Statement rows =
      BEFFROI_TRY(database.prepare("SELECT role, service FROM people_membership WHERE account = ? ORDER BY role, service"));
  BEFFROI_CHECK(rows.bind_all(std::string_view(account.id)));
  account.memberships = BEFFROI_TRY(store::read_memberships(rows));
  return {};
}

Result<Account> find(const tenants::Tenant& tenant, std::string_view where, std::string_view value) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  Account account;
  {
    db::Statement row = BEFFROI_TRY(database.prepare(std::string(kColumns) + std::string(where)));
    BEFFROI_CHECK(row.bind_all(value));
    if (!BEFFROI_TRY(row.step())) return store::no_account();
    account = read(row);
  }
  BEFFROI_CHECK(read_own_memberships(database, account));
  return account;
}

Status write_memberships(db::Database& database, std::string_view id, std::span<const Membership> memberships) {
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_membership WHERE account = ?", id));
  for (const Membership& membership : memberships) {
    BEFFROI_CHECK(store::run(database,
                             "INSERT INTO people_membership (account, role, service) VALUES (?, ?, ?) "
                             "ON CONFLICT (account, role, service) DO NOTHING",
                             id, name_of(membership.role), std::string_view(membership.service)));
  }
  return {};
}

Status check_exists(db::Database& database, std::string_view id) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT 1 FROM people_account WHERE id = ?"));
  BEFFROI_CHECK(row.bind_all(id));
  if (!BEFFROI_TRY(row.step())) return store::no_account();
  return {};
}

Status write_identity(db::Database& database, std::string_view id, std::string_view issuer, std::string_view subject) {
  BEFFROI_CHECK(store::run(
      database, "INSERT INTO people_identity (issuer, subject, account) VALUES (?, ?, ?) ON CONFLICT (issuer, subject) DO NOTHING", issuer,
      subject, id));
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT account FROM people_identity WHERE issuer = ? AND subject = ?"));
  BEFFROI_CHECK(row.bind_all(issuer, subject));
  if (!BEFFROI_TRY(row.step()) || row.text(0) != id) {
    return fail(Code::conflict, "Cette personne du fournisseur d’identité est déjà reliée à un autre compte.");
  }
  return {};
}

// The end of a change: what goes with it, then both.
Status commit(db::Transaction& transaction, db::Database& database, std::string_view id, const Within& within) {
  if (within) BEFFROI_CHECK(within(database, id));
  return transaction.commit();
}

}  // namespace

Result<std::string> login_of(std::string_view typed) {
  while (typed.starts_with(' ')) typed.remove_prefix(1);
  while (typed.ends_with(' ')) typed.remove_suffix(1);
  std::string login(typed);
  for (char& c : login) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const bool plain = std::none_of(login.begin(), login.end(), [](unsigned char c) { return c <= 0x20 || c == 0x7F; });
  if (login.size() < 2 || login.size() > kMaxLoginBytes || !plain || !json::is_utf8(login)) {
    return fail(Code::invalid_argument, "L’identifiant est une adresse électronique, ou un nom de 2 à 254 caractères sans espace.");
  }
  return login;
}

Result<Account> add_account(const tenants::Tenant& tenant, const NewAccount& account, std::int64_t now_ms, const Within& within) {
  const std::string login = BEFFROI_TRY(login_of(account.login));
  BEFFROI_CHECK(store::check_label(account.name, kMaxNameBytes, "Le nom"));
  BEFFROI_CHECK(store::check_memberships(tenant, account.memberships));
  const std::string id = crypto::random_id();
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const std::int64_t added = BEFFROI_TRY(
      store::changed(database,
                     "INSERT INTO people_account (id, login, name, password, must_change, disabled, device_key, created_ms) "
                     "VALUES (?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (login) DO NOTHING",
                     std::string_view(id), std::string_view(login), std::string_view(account.name), std::string_view(account.kept_password),
                     flag(account.must_change && !account.kept_password.empty()), std::string_view(crypto::random_token()), now_ms));
  if (added == 0) return fail(Code::conflict, "Cet identifiant est déjà celui d’un compte.");
  BEFFROI_CHECK(write_memberships(database, id, account.memberships));
  if (!account.subject.empty()) BEFFROI_CHECK(write_identity(database, id, account.issuer, account.subject));
  BEFFROI_CHECK(commit(transaction, database, id, within));
  return account_of(tenant, id);
}

Result<Account> account_of(const tenants::Tenant& tenant, std::string_view id) { return find(tenant, "WHERE id = ?", id); }

Result<Account> account_named(const tenants::Tenant& tenant, std::string_view login) {
  const auto written = login_of(login);
  if (!written) return store::no_account();
  return find(tenant, "WHERE login = ?", *written);
}

Result<std::vector<Account>> accounts(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::vector<Account> all;
  {
    db::Statement rows = BEFFROI_TRY(database.prepare(std::string(kColumns) + "ORDER BY name, login"));
    while (BEFFROI_TRY(rows.step())) all.push_back(read(rows));
  }
  for (Account& account : all) BEFFROI_CHECK(read_own_memberships(database, account));
  return all;
}

Status rename_account(const tenants::Tenant& tenant, std::string_view id, std::string_view name, const Within& within) {
  BEFFROI_CHECK(store::check_label(name, kMaxNameBytes, "Le nom"));
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  if (BEFFROI_TRY(store::changed(database, "UPDATE people_account SET name = ? WHERE id = ?", name, id)) == 0) return store::no_account();
  return commit(transaction, database, id, within);
}

Status set_memberships(const tenants::Tenant& tenant, std::string_view id, std::span<const Membership> memberships, const Within& within) {
  BEFFROI_CHECK(store::check_memberships(tenant, memberships));
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(check_exists(database, id));
  BEFFROI_CHECK(write_memberships(database, id, memberships));
  return commit(transaction, database, id, within);
}

Result<std::vector<Membership>> memberships_of(const tenants::Tenant& tenant, std::string_view id) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::all_memberships(database, id);
}

Status set_disabled(const tenants::Tenant& tenant, std::string_view id, bool disabled, const Within& within) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  if (BEFFROI_TRY(store::changed(database, "UPDATE people_account SET disabled = ? WHERE id = ?", flag(disabled), id)) == 0) {
    return store::no_account();
  }
  if (disabled) BEFFROI_CHECK(store::run(database, "DELETE FROM people_session WHERE account = ?", id));
  return commit(transaction, database, id, within);
}

Status set_password(const tenants::Tenant& tenant, std::string_view id, const PasswordChange& change, const Within& within) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const std::int64_t changed =
      BEFFROI_TRY(store::changed(database, "UPDATE people_account SET password = ?, must_change = ?, device_key = ? WHERE id = ?",
                                 change.kept_password, flag(change.must_change), std::string_view(crypto::random_token()), id));
  if (changed == 0) return store::no_account();
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_session WHERE account = ? AND id <> ?", id, change.kept_session));
  return commit(transaction, database, id, within);
}

Status link_identity(const tenants::Tenant& tenant, std::string_view id, std::string_view issuer, std::string_view subject,
                     const Within& within) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(check_exists(database, id));
  BEFFROI_CHECK(write_identity(database, id, issuer, subject));
  return commit(transaction, database, id, within);
}

Result<std::optional<std::string>> account_of_identity(const tenants::Tenant& tenant, std::string_view issuer, std::string_view subject) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT account FROM people_identity WHERE issuer = ? AND subject = ?"));
  BEFFROI_CHECK(row.bind_all(issuer, subject));
  if (!BEFFROI_TRY(row.step())) return std::optional<std::string>{};
  return std::optional<std::string>(row.text(0));
}

Status erase_account(const tenants::Tenant& tenant, std::string_view id) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(check_exists(database, id));
  for (const char* table : {"people_session", "people_key", "people_group_member", "people_membership", "people_identity"}) {
    BEFFROI_CHECK(store::run(database, std::string("DELETE FROM ") + table + " WHERE account = ?", id));
  }
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_account WHERE id = ?", id));
  return transaction.commit();
}

}  // namespace beffroi::people
