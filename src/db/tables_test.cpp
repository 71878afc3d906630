#include "db/tables.h"

#include <doctest/doctest.h>

#include <array>

#include "db/database.h"
#include "db/testing.h"

using namespace beffroi;
using db::Column;
using db::ColumnType;
using db::Database;
using db::Engine;

namespace {

constexpr std::array<db::Migration, 1> kMigrations = {{{1, R"sql(
  CREATE TABLE owner (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, photo BLOB, height REAL, age INTEGER NOT NULL DEFAULT 0) STRICT;
  CREATE TABLE "animal" (
    day TEXT NOT NULL DEFAULT (date('now')),
    owner INTEGER NOT NULL REFERENCES owner (id),
    parent TEXT REFERENCES "animal" (text),
    text TEXT NOT NULL UNIQUE, -- a name, perhaps
    PRIMARY KEY (owner, day)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX animal_text ON animal (text);
)sql"}}};

}  // namespace

TEST_CASE("tables and columns read the same on both engines") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto database = Database::open(ground.place());
    REQUIRE(database);
    REQUIRE(database->migrate(kMigrations));
    REQUIRE(database->execute("CREATE TABLE alone (x INTEGER)"));
    CHECK(db::tables(*database).value() == std::vector<std::string>{"alone", "owner", "animal"});
    CHECK(db::columns(*database, "owner").value() == std::vector<Column>{{"id", ColumnType::integer, false, 1},
                                                                         {"name", ColumnType::text, false, 0},
                                                                         {"photo", ColumnType::blob, true, 0},
                                                                         {"height", ColumnType::real, true, 0},
                                                                         {"age", ColumnType::integer, false, 0}});
    CHECK(db::columns(*database, "animal").value() == std::vector<Column>{{"day", ColumnType::text, false, 2},
                                                                          {"owner", ColumnType::integer, false, 1},
                                                                          {"parent", ColumnType::text, true, 0},
                                                                          {"text", ColumnType::text, false, 0}});
    CHECK(db::columns(*database, "nothing").error().code == Code::not_found);
  }
}

TEST_CASE("after rows copied with their numbers, the next number follows; a day not given is today's") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto database = Database::open(ground.place());
    REQUIRE(database->migrate(kMigrations));
    REQUIRE(db::resume_numbering(*database, "owner"));
    REQUIRE(database->execute("INSERT INTO owner (id, name) VALUES (1, 'a'), (7, 'b')"));
    REQUIRE(db::resume_numbering(*database, "owner"));
    REQUIRE(db::resume_numbering(*database, "animal"));
    auto insert = database->prepare("INSERT INTO owner (name) VALUES ('c') RETURNING id");
    REQUIRE(insert->step().value());
    CHECK(insert->number(0) == 8);
    auto day = database->prepare("INSERT INTO animal (owner, text) VALUES (1, 'chat') RETURNING day");
    REQUIRE(day->step().value());
    CHECK(day->text(0).size() == 10);
    CHECK(day->text(0).substr(4, 1) == "-");
  }
}

TEST_CASE("a name is quoted whole") {
  CHECK(db::quoted("note") == "\"note\"");
  CHECK(db::quoted("a\"b") == "\"a\"\"b\"");
}
