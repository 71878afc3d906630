// The tree as the administrator of the machine sees and changes it.
#include <fmt/format.h>

#include "base/clock.h"
#include "tenants/directory.h"
#include "tenants/rows.h"

namespace beffroi::tenants {

namespace {

Status check_parent(db::Database& installation, const NewNode& node) {
  if (node.parent.empty()) return {};
  if (node.kind == Kind::syndicate) return fail(Code::invalid_argument, "Un syndicat n’a pas de syndicat au-dessus de lui.");
  if (BEFFROI_TRY(read_node(installation, node.parent)).kind == Kind::syndicate) return {};
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0» n’est pas un syndicat.", node.parent));
}

// The change of one node; Code::not_found when there is none.
Status change(db::Database& installation, std::string_view sql, std::string_view value, std::string_view id) {
  db::Statement update = BEFFROI_TRY(installation.prepare(sql));
  BEFFROI_CHECK(update.bind_all(value, id));
  BEFFROI_CHECK(update.run());
  if (installation.changes() == 0) return unknown_node(id);
  return {};
}

}  // namespace

Result<std::vector<Node>> Directory::list() const {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_only));
  const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(database, db::Transaction::Kind::read));
  return read_nodes(database);
}

Result<Node> Directory::node(std::string_view id) const {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_only));
  return read_node(database, id);
}

Status Directory::add(const NewNode& node) {
  if (!is_node_id(node.id, kMaxNewIdBytes)) {
    return fail(Code::invalid_argument,
                fmt::format("L’identifiant n’est pas valide\u00a0: de 1 à {} minuscules sans accent, chiffres et tirets.", kMaxNewIdBytes));
  }
  BEFFROI_CHECK(check_name(node.name));
  {
    db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
    db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
    BEFFROI_CHECK(check_parent(database, node));
    db::Statement insert = BEFFROI_TRY(
        database.prepare("INSERT INTO node (id, kind, name, parent, state, configured, created_at) VALUES (?, ?, ?, ?, 'active', 0, ?) "
                         "ON CONFLICT (id) DO NOTHING"));
    BEFFROI_CHECK(insert.bind_all(std::string_view(node.id), word_of(node.kind), std::string_view(node.name), std::string_view(node.parent),
                                  now_ms()));
    if (node.parent.empty()) BEFFROI_CHECK(insert.bind_null(4));
    BEFFROI_CHECK(insert.run());
    if (database.changes() == 0) return fail(Code::conflict, fmt::format("L’identifiant «\u00a0{}\u00a0» est déjà pris.", node.id));
    BEFFROI_CHECK(transaction.commit());
  }
  BEFFROI_TRY(tenant(node.id));  // its tables
  return {};
}

Status Directory::rename(std::string_view id, std::string_view name) {
  BEFFROI_CHECK(check_name(name));
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  return change(database, "UPDATE node SET name = ?, configured = 0 WHERE id = ?", name, id);
}

Status Directory::set_state(std::string_view id, State state) {
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  return change(database, "UPDATE node SET state = ? WHERE id = ?", word_of(state), id);
}

Status Directory::add_host(std::string_view id, std::string_view host) {
  const std::string name = BEFFROI_TRY(host_name(host));
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  BEFFROI_TRY(read_node(database, id));
  db::Statement insert = BEFFROI_TRY(database.prepare("INSERT INTO host (name, node) VALUES (?, ?) ON CONFLICT (name) DO NOTHING"));
  BEFFROI_CHECK(insert.bind_all(std::string_view(name), id));
  BEFFROI_CHECK(insert.run());
  if (database.changes() == 0) return fail(Code::conflict, fmt::format("Le nom «\u00a0{}\u00a0» est déjà donné.", name));
  return transaction.commit();
}

Status Directory::remove_host(std::string_view id, std::string_view host) {
  const std::string name = BEFFROI_TRY(host_name(host));
  db::Database database = BEFFROI_TRY(installation(db::Access::read_write));
  db::Statement remove = BEFFROI_TRY(database.prepare("DELETE FROM host WHERE name = ? AND node = ?"));
  BEFFROI_CHECK(remove.bind_all(std::string_view(name), id));
  BEFFROI_CHECK(remove.run());
  if (database.changes() == 0)
    return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» ne porte pas le nom «\u00a0{}\u00a0».", id, name));
  return {};
}

}  // namespace beffroi::tenants
