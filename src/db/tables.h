// What a database holds, in the same words on both engines: for copies, backups and checks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::db {

class Database;

enum class ColumnType { integer, text, real, blob };

struct Column {
  std::string name;
  ColumnType type = ColumnType::text;
  bool nullable = true;
  int key = 0;  // place in the primary key, from 1; 0: not part of it

  bool operator==(const Column&) const = default;
};

// Every table, those that others reference before those, then by name. The list of applied migrations is not among them.
[[nodiscard]] Result<std::vector<std::string>> tables(Database& database);

// In their order. Code::not_found when there is no such table.
[[nodiscard]] Result<std::vector<Column>> columns(Database& database, std::string_view table);

// After rows were copied with their numbers: the next `id INTEGER PRIMARY KEY` follows the largest. Nothing to do on SQLite.
[[nodiscard]] Status resume_numbering(Database& database, std::string_view table);

// A name of table or column, ready to stand in a statement.
[[nodiscard]] std::string quoted(std::string_view name);

}  // namespace beffroi::db
