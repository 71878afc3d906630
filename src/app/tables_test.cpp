#include "app/tables.h"

#include <doctest/doctest.h>

#include <map>

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
