#include "tenants/directory.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/clock.h"
#include "tenants/grants.h"
#include "tenants/rows.h"
#include "tenants/settings.h"
#include "tenants/takeover.h"

namespace beffroi::tenants {

namespace {

constexpr std::string_view kNationalBase = "vosdroits";

Result<bool> is_new(db::Database& installation) {
  db::Statement any = BEFFROI_TRY(installation.prepare("SELECT count(*) FROM node"));
  BEFFROI_TRY(any.step());
  return any.number(0) == 0;
}

}  // namespace

Result<std::shared_ptr<Directory>> Directory::open(Opening opening) {
  const std::filesystem::path& home = opening.storage.home;
  BEFFROI_CHECK(make_folder(home));
  if (takeover_waits(home)) {
    const FolderLock nobody_else = BEFFROI_TRY(FolderLock::take(home, FolderLock::Kind::alone));
    BEFFROI_CHECK(finish_takeover(home));
  }
  FolderLock lock = BEFFROI_TRY(FolderLock::take(home, opening.alone ? FolderLock::Kind::alone : FolderLock::Kind::shared));
  std::shared_ptr<Directory> directory(new Directory(std::move(opening), std::move(lock)));
  BEFFROI_CHECK(directory->take_up_configured_commune());
  return directory;
}

Result<db::Database> Directory::installation(db::Access access) const {
  return db::Database::open(BEFFROI_TRY(opening_.storage.installation()), {.access = access});
}

Status Directory::take_up_configured_commune() {
  const ConfiguredCommune& commune = opening_.commune;
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  BEFFROI_CHECK(database.migrate(installation_tables()));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const bool first = BEFFROI_TRY(is_new(database));
  if (first) BEFFROI_CHECK(insert_share(database, {std::string(kNationalBase), "", "", now_ms()}));
  if (first || commune.stated) {
    if (!is_node_id(commune.id)) return unknown_node(commune.id);
    db::Statement insert = BEFFROI_TRY(
        database.prepare("INSERT INTO node (id, kind, name, state, configured, created_at) VALUES (?, 'commune', ?, 'active', 1, ?) "
                         "ON CONFLICT (id) DO NOTHING"));
    BEFFROI_CHECK(insert.bind_all(std::string_view(commune.id), std::string_view(commune.town_hall.name), now_ms()));
    BEFFROI_CHECK(insert.run());
  }
  db::Statement rename = BEFFROI_TRY(database.prepare("UPDATE node SET name = ? WHERE id = ? AND configured = 1 AND name <> ?"));
  BEFFROI_CHECK(
      rename.bind_all(std::string_view(commune.town_hall.name), std::string_view(commune.id), std::string_view(commune.town_hall.name)));
  BEFFROI_CHECK(rename.run());
  return transaction.commit();
}

Result<Tenant> Directory::key_to(const Node& node) const {
  auto parts = std::make_shared<Tenant::Parts>(
      Tenant::Parts{node, BEFFROI_TRY(opening_.storage.node(node.id)), opening_.storage.node_folder(node.id), {}});
  if (!node.parent.empty()) parts->parent_place = BEFFROI_TRY(opening_.storage.node(node.parent));
  Tenant tenant{std::move(parts)};
  const std::lock_guard lock(mutex_);
  if (ready_.contains(node.id)) return tenant;
  BEFFROI_CHECK(make_folder(opening_.storage.node_folder(node.id)));
  db::Database database = BEFFROI_TRY(tenant.connect());
  BEFFROI_CHECK(database.migrate(opening_.tables));
  ready_.insert(node.id);
  return tenant;
}

Result<Tenant> Directory::tenant(std::string_view id) const {
  const Node found = BEFFROI_TRY(node(id));
  if (found.state != State::active) return fail(Code::denied, fmt::format("«\u00a0{}\u00a0» est suspendu.", found.id));
  return key_to(found);
}

Result<Tenant> Directory::in_any_state(std::string_view id) const { return key_to(BEFFROI_TRY(node(id))); }

Result<std::vector<Tenant>> Directory::all() const {
  std::vector<Tenant> tenants;
  for (const Node& each : BEFFROI_TRY(list())) tenants.push_back(BEFFROI_TRY(key_to(each)));
  return tenants;
}

Result<Tenant> Directory::by_host(std::string_view host) const {
  if (host.empty()) return configured();
  const std::string name = BEFFROI_TRY(host_name(host));
  db::Database database = BEFFROI_TRY(installation(db::Access::read_only));
  db::Statement query = BEFFROI_TRY(database.prepare("SELECT node FROM host WHERE name = ?"));
  BEFFROI_CHECK(query.bind(1, std::string_view(name)));
  if (BEFFROI_TRY(query.step())) return tenant(std::string(query.text(0)));
  return configured();
}

// Of an installation restored without its beffroi.toml, the program's example names a commune that it does not have: its only one serves.
Result<Tenant> Directory::configured() const {
  std::vector<Node> nodes = BEFFROI_TRY(list());
  std::erase_if(nodes, [](const Node& each) { return each.kind != Kind::commune; });
  const bool known = std::any_of(nodes.begin(), nodes.end(), [&](const Node& each) { return each.id == opening_.commune.id; });
  return tenant(!known && nodes.size() == 1 ? nodes.front().id : opening_.commune.id);
}

Result<Node> Directory::commune_under(const Tenant& syndicate, std::string_view commune) const {
  const Node found = BEFFROI_TRY(node(commune));
  // The same words as for one that does not exist: a syndicate learns nothing of the others.
  if (syndicate.kind() != Kind::syndicate || found.parent != syndicate.id()) return unknown_node(commune);
  return found;
}

Result<Tenant> Directory::granted(const Tenant& syndicate, std::string_view commune, std::int64_t now) const {
  BEFFROI_TRY(commune_under(syndicate, commune));
  Tenant opened = BEFFROI_TRY(tenant(commune));
  if (BEFFROI_TRY(grant_in_force(opened, syndicate.id(), now))) return opened;
  return fail(Code::denied, "La commune n’a pas ouvert ses contenus à son syndicat, ou ne les ouvre plus.");
}

Result<std::vector<Node>> Directory::communes_of(const Tenant& syndicate) const {
  std::vector<Node> communes = BEFFROI_TRY(list());
  std::erase_if(communes, [&](const Node& each) { return syndicate.kind() != Kind::syndicate || each.parent != syndicate.id(); });
  return communes;
}

Result<TownHall> Directory::town_hall(const Tenant& tenant) const {
  const TownHall otherwise = tenant.id() == opening_.commune.id ? opening_.commune.town_hall : TownHall{};
  TownHall hall;
  hall.name = tenant.name();
  hall.telephone = BEFFROI_TRY(read(tenant, TextSetting{kTelephone.key, otherwise.telephone}));
  hall.address = BEFFROI_TRY(read(tenant, TextSetting{kAddress.key, otherwise.address}));
  hall.hours = BEFFROI_TRY(read(tenant, TextSetting{kHours.key, otherwise.hours}));
  hall.url = BEFFROI_TRY(read(tenant, TextSetting{kUrl.key, otherwise.url}));
  return hall;
}

}  // namespace beffroi::tenants
