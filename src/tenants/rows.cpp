#include "tenants/rows.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::tenants {

namespace {

constexpr std::string_view kColumns = "SELECT id, kind, name, coalesce(parent, ''), state FROM node";

Node node_of(const db::Statement& row) {
  Node node;
  node.id = row.text(0);
  node.kind = row.text(1) == word_of(Kind::syndicate) ? Kind::syndicate : Kind::commune;
  node.name = row.text(2);
  node.parent = row.text(3);
  node.state = row.text(4) == word_of(State::active) ? State::active : State::suspended;
  return node;
}

}  // namespace

tl::unexpected<Error> unknown_node(std::string_view id) {
  return fail(Code::not_found, fmt::format("Aucune commune ni aucun syndicat ne porte l’identifiant «\u00a0{}\u00a0».", id));
}

Result<std::vector<Node>> read_nodes(db::Database& installation) {
  std::vector<Node> nodes;
  db::Statement rows = BEFFROI_TRY(installation.prepare(kColumns));
  while (BEFFROI_TRY(rows.step())) nodes.push_back(node_of(rows));
  // Sorted here: each engine has its own order of letters.
  std::sort(nodes.begin(), nodes.end(), [](const Node& a, const Node& b) { return std::tie(a.kind, a.id) < std::tie(b.kind, b.id); });
  db::Statement hosts = BEFFROI_TRY(installation.prepare("SELECT node, name FROM host"));
  while (BEFFROI_TRY(hosts.step())) {
    const auto bearer = std::find_if(nodes.begin(), nodes.end(), [&](const Node& node) { return node.id == hosts.text(0); });
    if (bearer != nodes.end()) bearer->hosts.emplace_back(hosts.text(1));
  }
  for (Node& node : nodes) std::sort(node.hosts.begin(), node.hosts.end());
  return nodes;
}

Result<Node> read_node(db::Database& installation, std::string_view id) {
  db::Statement row = BEFFROI_TRY(installation.prepare(std::string(kColumns) + " WHERE id = ?"));
  BEFFROI_CHECK(row.bind(1, id));
  if (!BEFFROI_TRY(row.step())) return unknown_node(id);
  Node node = node_of(row);
  db::Statement hosts = BEFFROI_TRY(installation.prepare("SELECT name FROM host WHERE node = ?"));
  BEFFROI_CHECK(hosts.bind(1, id));
  while (BEFFROI_TRY(hosts.step())) node.hosts.emplace_back(hosts.text(0));
  std::sort(node.hosts.begin(), node.hosts.end());
  return node;
}

Status insert_share(db::Database& installation, const CorpusShare& share) {
  db::Statement insert = BEFFROI_TRY(installation.prepare(
      "INSERT INTO corpus_share (corpus, owner, target, since) VALUES (?, ?, ?, ?) ON CONFLICT (corpus, owner, target) DO NOTHING"));
  BEFFROI_CHECK(
      insert.bind_all(std::string_view(share.corpus), std::string_view(share.owner), std::string_view(share.target), share.since_ms));
  return insert.run();
}

}  // namespace beffroi::tenants
