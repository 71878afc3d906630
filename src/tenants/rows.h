// Inside the room: rows of the installation's database.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "tenants/directory.h"
#include "tenants/node.h"

namespace beffroi::tenants {

// Every node with its hosts, syndicates first, then by id.
[[nodiscard]] Result<std::vector<Node>> read_nodes(db::Database& installation);
// One node; Code::not_found.
[[nodiscard]] Result<Node> read_node(db::Database& installation, std::string_view id);

// Does nothing when it is there already.
[[nodiscard]] Status insert_share(db::Database& installation, const CorpusShare& share);

[[nodiscard]] tl::unexpected<Error> unknown_node(std::string_view id);

}  // namespace beffroi::tenants
