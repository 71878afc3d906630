#include "tenants/tenant.h"

#include <doctest/doctest.h>

#include <type_traits>

#include "base/testing.h"
#include "tenants/testing/commune.h"

using namespace beffroi;

namespace {
constexpr db::Migration kMigrations[] = {{1, "CREATE TABLE note (text TEXT NOT NULL)"}};
}

// Nobody makes a Tenant without a Directory.
static_assert(!std::is_default_constructible_v<tenants::Tenant>);
static_assert(!std::is_constructible_v<tenants::Tenant, std::string>);
static_assert(!std::is_constructible_v<tenants::Tenant, tenants::Node>);
static_assert(!std::is_aggregate_v<tenants::Tenant>);

TEST_CASE("what one commune writes, another does not see") {
  beffroi::testing::TemporaryFolder home;
  const auto first = tenants::testing::commune(home.path(), "saint-jean", kMigrations);
  const auto second = tenants::testing::commune(home.path(), "saint-paul", kMigrations);
  REQUIRE(first);
  REQUIRE(second);
  REQUIRE(first->connect()->execute("INSERT INTO note VALUES ('secret')"));

  auto database = second->connect();
  auto statement = database->prepare("SELECT count(*) FROM note");
  REQUIRE(statement->step().value());
  CHECK(statement->number(0) == 0);
  CHECK(first->files().value() != second->files().value());
}

TEST_CASE("opening again keeps what was written") {
  beffroi::testing::TemporaryFolder home;
  REQUIRE(tenants::testing::commune(home.path(), "demo", kMigrations)->connect()->execute("INSERT INTO note VALUES ('gardé')"));
  auto database = tenants::testing::commune(home.path(), "demo", kMigrations)->connect();
  auto statement = database->prepare("SELECT text FROM note");
  REQUIRE(statement->step().value());
  CHECK(statement->text(0) == "gardé");
}
