// The rows of a database, copied to another one with the same tables, whatever the engines, and proven equal.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace beffroi::backup {

// For the databases of these works: a table of millions of rows is read at one go.
inline constexpr db::OpenOptions kLong = {.statement_timeout_ms = 6 * 3600 * 1000};

// What a table holds: two databases with the same rows, in whatever order, have the same states on both engines.
struct TableState {
  std::string table;
  std::int64_t rows = 0;
  std::string sha256;  // of the sorted hashes of its rows

  bool operator==(const TableState&) const = default;
};

// Of every table, as one state of the database.
[[nodiscard]] Result<std::vector<TableState>> states_of(db::Database& database);

// Nothing in any table, or no table at all.
[[nodiscard]] Result<bool> is_empty(db::Database& database);

// Brings `to` to the last tables, replaces all its rows by those of `from`, in one transaction, then compares: Code::conflict when the
// tables differ, Code::storage when a row does (a text that the other engine cannot hold is Code::conflict before that). On a fault
// `to` is as it was. `from` is read as one state and is at the same tables. Gives the states of both.
[[nodiscard]] Result<std::vector<TableState>> copy_database(db::Database& from, db::Database& to, std::span<const db::Migration> tables);

}  // namespace beffroi::backup
