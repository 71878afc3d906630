#include "app/tables.h"

#include <doctest/doctest.h>

#include <map>
#include <set>

#include "app/oversight.h"
#include "db/tables.h"
#include "db/testing.h"

using namespace beffroi;

TEST_CASE("the tables of a commune are the same on both engines") {
  using Shape = std::map<std::string, std::vector<db::Column>>;
  std::vector<Shape> shapes;
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto database = db::Database::open(ground.place());
    REQUIRE(database);
    REQUIRE(database->migrate(app::commune_tables()));
    const auto tables = db::tables(*database);
    REQUIRE(tables);
    Shape& shape = shapes.emplace_back();
    for (const std::string& table : *tables) shape[table] = db::columns(*database, table).value();
    CHECK_FALSE(shape.empty());
  }
  CHECK(shapes.front() == shapes.back());
}

TEST_CASE("every table of every migration has a keeper: what it holds, for how long, how it is handed over and erased") {
  const db::testing::Ground ground(db::Engine::sqlite);
  auto database = db::Database::open(ground.place());
  REQUIRE(database);
  REQUIRE(database->migrate(app::commune_tables()));
  std::set<std::string> kept;
  for (const compliance::Keeper& keeper : app::program_keepers()) {
    CAPTURE(keeper.kind);
    CHECK_FALSE(keeper.title.empty());
    CHECK_FALSE(keeper.contents.empty());
    CHECK_FALSE(keeper.purpose.empty());
    CHECK_FALSE(keeper.legal_basis.empty());
    const bool ends = keeper.purge != nullptr || !keeper.kept.empty() || keeper.kind == "accounts";
    CHECK(ends);
    if (keeper.purge) CHECK(keeper.least_days <= keeper.days);
    if (keeper.purge) CHECK(keeper.days <= keeper.most_days);
    for (const std::string& table : keeper.tables) {
      CAPTURE(table);
      CHECK(kept.insert(table).second);  // one keeper each
    }
  }
  const auto tables = db::tables(*database).value();
  for (const std::string& table : tables) {
    CAPTURE(table);
    CHECK(kept.contains(table));
  }
  CHECK(kept.size() == tables.size());  // and no keeper of a table that is gone
}
