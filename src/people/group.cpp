#include "people/group.h"

#include "crypto/token.h"
#include "people/store.h"

namespace beffroi::people {

namespace {

constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMaxClaimBytes = 500;

Status check(const tenants::Tenant& tenant, const Group& group) {
  BEFFROI_CHECK(store::check_label(group.name, kMaxNameBytes, "Le nom d’un groupe"));
  if (!group.claim.empty()) BEFFROI_CHECK(store::check_label(group.claim, kMaxClaimBytes, "Le groupe du fournisseur d’identité"));
  return store::check_memberships(tenant, group.memberships);
}

tl::unexpected<Error> no_group() { return fail(Code::not_found, "Ce groupe n’existe pas."); }
tl::unexpected<Error> name_taken() { return fail(Code::conflict, "Un autre groupe porte déjà ce nom."); }

Status write_roles(db::Database& database, std::string_view id, std::span<const Membership> memberships) {
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_group_role WHERE group_id = ?", id));
  for (const Membership& membership : memberships) {
    BEFFROI_CHECK(store::run(database,
                             "INSERT INTO people_group_role (group_id, role, service) VALUES (?, ?, ?) "
                             "ON CONFLICT (group_id, role, service) DO NOTHING",
                             id, name_of(membership.role), std::string_view(membership.service)));
  }
  return {};
}

Status read_content(db::Database& database, Group& group) {
  {
    db::Statement rows =
        BEFFROI_TRY(database.prepare("SELECT role, service FROM people_group_role WHERE group_id = ? ORDER BY role, service"));
    BEFFROI_CHECK(rows.bind_all(std::string_view(group.id)));
    group.memberships = BEFFROI_TRY(store::read_memberships(rows));
  }
  db::Statement rows =
      BEFFROI_TRY(database.prepare("SELECT DISTINCT account FROM people_group_member WHERE group_id = ? ORDER BY account"));
  BEFFROI_CHECK(rows.bind_all(std::string_view(group.id)));
  while (BEFFROI_TRY(rows.step())) group.accounts.emplace_back(rows.text(0));
  return {};
}

Result<bool> exists(db::Database& database, std::string_view sql, std::string_view value) {
  db::Statement row = BEFFROI_TRY(database.prepare(sql));
  BEFFROI_CHECK(row.bind_all(value));
  return row.step();
}

}  // namespace

Result<Group> add_group(const tenants::Tenant& tenant, const Group& group) {
  BEFFROI_CHECK(check(tenant, group));
  Group added = group;
  added.id = crypto::random_id();
  added.accounts.clear();
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const std::int64_t rows =
      BEFFROI_TRY(store::changed(database, "INSERT INTO people_group (id, name, claim) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
                                 std::string_view(added.id), std::string_view(added.name), std::string_view(added.claim)));
  if (rows == 0) return name_taken();
  BEFFROI_CHECK(write_roles(database, added.id, added.memberships));
  BEFFROI_CHECK(transaction.commit());
  return added;
}

Status change_group(const tenants::Tenant& tenant, const Group& group) {
  BEFFROI_CHECK(check(tenant, group));
  const std::string_view id = group.id, name = group.name;
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  {
    db::Statement other = BEFFROI_TRY(database.prepare("SELECT 1 FROM people_group WHERE name = ? AND id <> ?"));
    BEFFROI_CHECK(other.bind_all(name, id));
    if (BEFFROI_TRY(other.step())) return name_taken();
  }
  const std::int64_t rows = BEFFROI_TRY(
      store::changed(database, "UPDATE people_group SET name = ?, claim = ? WHERE id = ?", name, std::string_view(group.claim), id));
  if (rows == 0) return no_group();
  BEFFROI_CHECK(write_roles(database, id, group.memberships));
  return transaction.commit();
}

Result<std::vector<Group>> groups(const tenants::Tenant& tenant) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::vector<Group> all;
  {
    db::Statement rows = BEFFROI_TRY(database.prepare("SELECT id, name, claim FROM people_group ORDER BY name"));
    while (BEFFROI_TRY(rows.step())) all.push_back({std::string(rows.text(0)), std::string(rows.text(1)), std::string(rows.text(2))});
  }
  for (Group& group : all) BEFFROI_CHECK(read_content(database, group));
  return all;
}

Status remove_group(const tenants::Tenant& tenant, std::string_view id) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_group_member WHERE group_id = ?", id));
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_group_role WHERE group_id = ?", id));
  if (BEFFROI_TRY(store::changed(database, "DELETE FROM people_group WHERE id = ?", id)) == 0) return no_group();
  return transaction.commit();
}

Status add_to_group(const tenants::Tenant& tenant, std::string_view group, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  if (!BEFFROI_TRY(exists(database, "SELECT 1 FROM people_group WHERE id = ?", group))) return no_group();
  if (!BEFFROI_TRY(exists(database, "SELECT 1 FROM people_account WHERE id = ?", account))) return store::no_account();
  BEFFROI_CHECK(store::run(database,
                           "INSERT INTO people_group_member (group_id, account, by_claim) VALUES (?, ?, 0) "
                           "ON CONFLICT (group_id, account, by_claim) DO NOTHING",
                           group, account));
  return transaction.commit();
}

Status remove_from_group(const tenants::Tenant& tenant, std::string_view group, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  return store::run(database, "DELETE FROM people_group_member WHERE group_id = ? AND account = ?", group, account);
}

Status join_claimed_groups(const tenants::Tenant& tenant, std::string_view account, std::span<const std::string> claims) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_CHECK(store::run(database, "DELETE FROM people_group_member WHERE account = ? AND by_claim = 1", account));
  for (const std::string& claim : claims) {
    if (claim.empty()) continue;
    BEFFROI_CHECK(
        store::run(database,
                   "INSERT INTO people_group_member (group_id, account, by_claim) SELECT id, ?, 1 FROM people_group WHERE claim = ? "
                   "ON CONFLICT (group_id, account, by_claim) DO NOTHING",
                   account, std::string_view(claim)));
  }
  return transaction.commit();
}

}  // namespace beffroi::people
