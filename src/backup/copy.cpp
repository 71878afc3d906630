#include "backup/copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>

#include "crypto/digest.h"
#include "db/tables.h"

namespace beffroi::backup {

namespace {

using db::ColumnType;

std::string list_of(const std::vector<db::Column>& columns) {
  std::string list;
  for (const db::Column& column : columns) list += (list.empty() ? "" : ", ") + db::quoted(column.name);
  return list;
}

Result<db::Statement> every_row(db::Database& database, const std::string& table, const std::vector<db::Column>& columns) {
  return database.prepare(fmt::format("SELECT {} FROM {}", list_of(columns), db::quoted(table)));
}

// A value in bytes that no other value has: its kind, its length, itself.
void add_value(std::string& row, char kind, std::string_view bytes) {
  row += kind;
  row += std::to_string(bytes.size());
  row += ':';
  row += bytes;
}

std::string_view text_of(std::span<const std::byte> bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

std::string row_bytes(const db::Statement& row, const std::vector<db::Column>& columns) {
  std::string bytes;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int at = static_cast<int>(i);
    if (row.is_null(at)) add_value(bytes, 'n', {});
    else if (columns[i].type == ColumnType::integer) add_value(bytes, 'i', std::to_string(row.number(at)));
    else if (columns[i].type == ColumnType::real) add_value(bytes, 'r', std::to_string(std::bit_cast<std::uint64_t>(row.real(at))));
    else if (columns[i].type == ColumnType::blob) add_value(bytes, 'b', text_of(row.bytes(at)));
    else add_value(bytes, 't', row.text(at));
  }
  return bytes;
}

Result<TableState> state_of(db::Database& database, const std::string& table) {
  const std::vector<db::Column> columns = BEFFROI_TRY(db::columns(database, table));
  std::vector<std::string> hashes;
  db::Statement row = BEFFROI_TRY(every_row(database, table, columns));
  while (BEFFROI_TRY(row.step())) hashes.push_back(crypto::sha256_hex(row_bytes(row, columns)));
  // Sorted here: each engine gives its rows, and orders its letters, in its own way.
  std::sort(hashes.begin(), hashes.end());
  crypto::Sha256 all;
  for (const std::string& hash : hashes) all.add(hash);
  return TableState{table, static_cast<std::int64_t>(hashes.size()), all.hex()};
}

Result<std::vector<TableState>> all_states(db::Database& database) {
  std::vector<TableState> states;
  for (const std::string& table : BEFFROI_TRY(db::tables(database))) states.push_back(BEFFROI_TRY(state_of(database, table)));
  std::sort(states.begin(), states.end(), [](const TableState& a, const TableState& b) { return a.table < b.table; });
  return states;
}

Status bind_row(db::Statement& insert, const db::Statement& row, const std::vector<db::Column>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const int at = static_cast<int>(i), position = at + 1;
    if (row.is_null(at)) BEFFROI_CHECK(insert.bind_null(position));
    else if (columns[i].type == ColumnType::integer) BEFFROI_CHECK(insert.bind(position, row.number(at)));
    else if (columns[i].type == ColumnType::real) BEFFROI_CHECK(insert.bind(position, row.real(at)));
    else if (columns[i].type == ColumnType::blob) BEFFROI_CHECK(insert.bind(position, row.bytes(at)));
    else BEFFROI_CHECK(insert.bind(position, row.text(at)));
  }
  return {};
}

Result<bool> has_rows(db::Database& database, const std::string& table) {
  db::Statement any = BEFFROI_TRY(database.prepare(fmt::format("SELECT 1 FROM {} LIMIT 1", db::quoted(table))));
  return any.step();
}

// An empty table is left alone: a journal that refuses to lose a line is not asked to.
Status clear(db::Database& database, const std::string& table) {
  if (!BEFFROI_TRY(has_rows(database, table))) return {};
  return database.execute(fmt::format("DELETE FROM {}", db::quoted(table)));
}

Status copy_table(db::Database& from, db::Database& to, const std::string& table) {
  const std::vector<db::Column> columns = BEFFROI_TRY(db::columns(from, table));
  if (columns != BEFFROI_TRY(db::columns(to, table))) {
    return fail(Code::conflict, fmt::format("La table «\u00a0{}\u00a0» n’a pas la même forme des deux côtés.", table));
  }
  std::string marks;
  for (std::size_t i = 0; i < columns.size(); ++i) marks += i == 0 ? "?" : ", ?";
  db::Statement row = BEFFROI_TRY(every_row(from, table, columns));
  db::Statement insert =
      BEFFROI_TRY(to.prepare(fmt::format("INSERT INTO {} ({}) VALUES ({})", db::quoted(table), list_of(columns), marks)));
  while (BEFFROI_TRY(row.step())) {
    BEFFROI_CHECK(bind_row(insert, row, columns));
    if (Status kept = insert.run(); !kept) {
      return tl::unexpected<Error>(std::move(kept).error().at(fmt::format("Table «\u00a0{}\u00a0»", table)));
    }
  }
  return db::resume_numbering(to, table);
}

// Rows that refer to one another may come in any order until the end.
constexpr std::string_view kForeignKeys =
    "SELECT c.conrelid::regclass::text, c.conname FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace "
    "WHERE c.contype = 'f' AND n.nspname = current_schema()";

Status alter_references(db::Database& database, std::string_view how) {
  std::vector<std::string> changes;
  db::Statement rows = BEFFROI_TRY(database.prepare(kForeignKeys));
  while (BEFFROI_TRY(rows.step())) {
    changes.push_back(fmt::format("ALTER TABLE {} ALTER CONSTRAINT {} {}", rows.text(0), db::quoted(rows.text(1)), how));
  }
  for (const std::string& change : changes) BEFFROI_CHECK(database.execute(change));
  return {};
}

Status defer_references(db::Database& to) {
  if (to.engine() == db::Engine::sqlite) return to.execute("PRAGMA defer_foreign_keys=ON");
  return alter_references(to, "DEFERRABLE INITIALLY DEFERRED");
}

Status check_references(db::Database& to) {
  if (to.engine() == db::Engine::sqlite) return {};  // at the commit
  BEFFROI_CHECK(to.execute("SET CONSTRAINTS ALL IMMEDIATE"));
  return alter_references(to, "NOT DEFERRABLE");
}

}  // namespace

Result<std::vector<TableState>> states_of(db::Database& database) {
  const db::Transaction one_state = BEFFROI_TRY(db::Transaction::begin(database, db::Transaction::Kind::read));
  return all_states(database);
}

Result<bool> is_empty(db::Database& database) {
  for (const std::string& table : BEFFROI_TRY(db::tables(database))) {
    if (BEFFROI_TRY(has_rows(database, table))) return false;
  }
  return true;
}

Result<std::vector<TableState>> copy_database(db::Database& from, db::Database& to, std::span<const db::Migration> tables) {
  BEFFROI_CHECK(to.migrate(tables));
  const db::Transaction source = BEFFROI_TRY(db::Transaction::begin(from, db::Transaction::Kind::read));
  db::Transaction target = BEFFROI_TRY(db::Transaction::begin(to));
  std::vector<std::string> names = BEFFROI_TRY(db::tables(from));
  std::vector<std::string> there = BEFFROI_TRY(db::tables(to));
  std::sort(names.begin(), names.end());
  std::sort(there.begin(), there.end());
  if (names != there) return fail(Code::conflict, "Les deux bases n’ont pas les mêmes tables.");
  BEFFROI_CHECK(defer_references(to));
  // What the making of the tables may have put there: all of it before the first copy, for a row may take others with it.
  for (const std::string& table : names) BEFFROI_CHECK(clear(to, table));
  for (const std::string& table : names) BEFFROI_CHECK(copy_table(from, to, table));
  BEFFROI_CHECK(check_references(to));
  std::vector<TableState> states = BEFFROI_TRY(all_states(from));
  if (states != BEFFROI_TRY(all_states(to))) {
    return fail(Code::storage, "La copie n’est pas égale à l’original\u00a0: elle n’a pas été gardée.");
  }
  BEFFROI_CHECK(target.commit());
  return states;
}

}  // namespace beffroi::backup
