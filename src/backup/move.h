// An installation moved from one storage to another, either engine, with proof that both sides are equal.
//
// Each database is copied in one transaction and compared table by table (rows counted, SHA-256 of all rows). Interrupted, it is begun
// again: a database already copied and equal is passed over, an empty one is filled, any other one is refused before anything is written.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "backup/copy.h"
#include "base/result.h"
#include "tenants/directory.h"

namespace beffroi::backup {

struct Moved {
  std::string database;             // "installation", or the id of a node
  std::vector<TableState> tables;   // the same on both sides
  bool was_there = false;           // copied by an earlier, interrupted move
};

// The source is left as it is; whoever runs it opened `from` alone (Opening::alone), so that nothing is written meanwhile.
// Files of nodes and the keys follow when the home folder changes. `done` is told after each database, and may be empty.
// Code::conflict: the target has other data.
[[nodiscard]] Result<std::vector<Moved>> move_store(const tenants::Directory& from, const tenants::Storage& to,
                                                    const std::vector<db::Migration>& tables,
                                                    const std::function<void(const Moved&)>& done);

}  // namespace beffroi::backup
