// Inside the room: schemas of a PostgreSQL server filled from files, and put in the place of those that are there.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace beffroi::backup {

struct Prepared {
  std::filesystem::path file;  // SQLite, at the last tables
  db::Place place;             // the schema that it becomes; all on one server
  std::span<const db::Migration> tables;
};

// Fills a schema beside each place, then gives them their names in one transaction. What had rows there is renamed, and the end of its
// new name returned (empty: nothing had). Code::conflict when something has and `replace` is false.
[[nodiscard]] Result<std::string> replace_schemas(const std::vector<Prepared>& prepared, bool replace);

}  // namespace beffroi::backup
