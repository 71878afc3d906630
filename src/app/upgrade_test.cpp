// A database of any earlier program, on either engine, keeps its rows when this program opens it; one of a later program is refused.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <map>

#include "app/tables.h"
#include "db/tables.h"
#include "db/testing.h"
#include "tenants/directory.h"

using namespace beffroi;
using db::ColumnType;

namespace {

using Columns = std::map<std::string, std::vector<db::Column>>;

Columns columns_of(db::Database& database) {
  Columns all;
  for (const std::string& table : db::tables(database).value()) all[table] = db::columns(database, table).value();
  return all;
}

std::string names(const std::vector<db::Column>& columns) {
  std::string list;
  for (const db::Column& column : columns) list += (list.empty() ? "" : ", ") + db::quoted(column.name);
  return list;
}

// Two rows in every table that takes them: what each rule of each table wants is not known here.
int fill(db::Database& database, const Columns& columns) {
  int filled = 0;
  for (const std::string& table : db::tables(database).value()) {
    const auto& all = columns.at(table);
    for (int i = 1; i <= 2; ++i) {
      std::string values;
      for (const db::Column& column : all) {
        values += values.empty() ? "" : ", ";
        if (column.type == ColumnType::text) values += fmt::format("'{} été {}'", column.name, i);
        else if (column.type == ColumnType::blob) values += "NULL";
        else values += column.key != 0 || column.name == "id" ? std::to_string(i) : "1";
      }
      if (database.execute(fmt::format("INSERT INTO {} ({}) VALUES ({})", db::quoted(table), names(all), values))) ++filled;
    }
  }
  return filled;
}

std::vector<std::string> rows_of(db::Database& database, const std::string& table, const std::vector<db::Column>& columns) {
  auto query = database.prepare(fmt::format("SELECT {} FROM {}", names(columns), db::quoted(table)));
  REQUIRE(query);
  std::vector<std::string> rows;
  while (query->step().value()) {
    std::string row;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const int at = static_cast<int>(i);
      if (query->is_null(at)) row += "NULL|";
      else if (columns[i].type == ColumnType::real) row += std::to_string(query->real(at)) + "|";
      else if (columns[i].type == ColumnType::integer) row += std::to_string(query->number(at)) + "|";
      else row += std::string(query->text(at)) + "|";
    }
    rows.push_back(row);
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

std::map<std::string, std::vector<std::string>> rows_of(db::Database& database, const Columns& columns) {
  std::map<std::string, std::vector<std::string>> rows;
  for (const auto& [table, all] : columns) rows[table] = rows_of(database, table, all);
  return rows;
}

void check_upgrades(std::span<const db::Migration> migrations, db::Engine engine, std::size_t step) {
  int filled = 0;
  for (std::size_t had = 1; had < migrations.size(); had += step) {
    CAPTURE(migrations[had - 1].number);
    const db::testing::Ground ground(engine);
    auto database = db::Database::open(ground.place());
    REQUIRE(database->migrate(migrations.first(had)));
    const Columns columns = columns_of(*database);
    filled += fill(*database, columns);
    const auto before = rows_of(*database, columns);
    REQUIRE(database->migrate(migrations));
    CHECK(database->version().value() == migrations.back().number);
    CHECK(rows_of(*database, columns) == before);
  }
  CHECK((filled > 0 || migrations.size() == 1));
}

// As the program of November 2026 wrote it, before migrations were listed.
constexpr const char* kFormer = R"sql(
  CREATE TABLE assistant_feedback (
    id INTEGER PRIMARY KEY,
    answer_id TEXT NOT NULL,
    helpful INTEGER NOT NULL CHECK (helpful IN (0, 1)),
    reason TEXT NOT NULL,
    question TEXT NOT NULL,
    day TEXT NOT NULL DEFAULT (date('now')),
    UNIQUE (answer_id)
  ) STRICT;
  CREATE TABLE metering_line (
    id INTEGER PRIMARY KEY,
    day TEXT NOT NULL DEFAULT (date('now')),
    service TEXT NOT NULL,
    model TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL,
    reused_tokens INTEGER NOT NULL,
    generated_tokens INTEGER NOT NULL,
    tokens_known INTEGER NOT NULL CHECK (tokens_known IN (0, 1)),
    cpu_s REAL NOT NULL,
    wall_s REAL NOT NULL,
    joules REAL
  ) STRICT;
  CREATE INDEX metering_line_day ON metering_line (day);
  CREATE TABLE assistant_route (
    day TEXT NOT NULL DEFAULT (date('now')),
    step INTEGER NOT NULL,
    more INTEGER NOT NULL CHECK (more IN (0, 1)),
    changed INTEGER NOT NULL CHECK (changed IN (0, 1)),
    count INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (day, step, more, changed)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO assistant_feedback (answer_id, helpful, reason, question) VALUES ('r1', 1, 'clair', 'Comment faire ?');
  INSERT INTO metering_line (service, model, prompt_tokens, reused_tokens, generated_tokens, tokens_known, cpu_s, wall_s, joules)
    VALUES ('answers', '', 0, 0, 0, 1, 0.25, 0.5, NULL);
  INSERT INTO assistant_route (step, more, changed) VALUES (3, 0, 1);
  PRAGMA user_version = 3;
)sql";

}  // namespace

TEST_CASE("a commune's database of any earlier program keeps its rows") {
  const auto tables = app::commune_tables();
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    // Every version on a file; on a server, where making a schema takes longer, one in four.
    check_upgrades(tables, engine, engine == db::Engine::sqlite ? 1 : 4);
  }
}

TEST_CASE("an installation's database of any earlier program keeps its rows") {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    check_upgrades(tenants::installation_tables(), engine, 1);
  }
}

TEST_CASE("the commune's file of the program without a list of migrations is taken up") {
  const db::testing::Ground ground(db::Engine::sqlite);
  {
    auto former = db::Database::open(ground.place());
    REQUIRE(former->execute(kFormer));
  }
  auto database = db::Database::open(ground.place());
  const Columns columns = columns_of(*database);
  const auto before = rows_of(*database, columns);
  CHECK(before.at("assistant_feedback").size() == 1);
  const auto tables = app::commune_tables();
  REQUIRE(database->migrate(tables));
  CHECK(rows_of(*database, columns) == before);
  CHECK(database->version().value() == tables.back().number);
}

TEST_CASE("a database of a later program is refused clearly, and left as it is") {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto database = db::Database::open(ground.place());
    auto later = app::commune_tables();
    const auto known = later;
    later.push_back({9999, "CREATE TABLE later (id INTEGER NOT NULL) STRICT"});
    REQUIRE(database->migrate(later));
    const auto refused = database->migrate(known);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::conflict);
    CHECK(refused.error().message.find("mettez Beffroi à jour") != std::string::npos);
    CHECK(database->version().value() == 9999);
  }
}
