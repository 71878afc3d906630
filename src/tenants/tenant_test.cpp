#include "tenants/tenant.h"

#include <doctest/doctest.h>

#include "base/testing.h"

using namespace beffroi;

namespace {
constexpr db::Migration kMigrations[] = {{1, "CREATE TABLE note (text TEXT NOT NULL)"}};
}

TEST_CASE("what one commune writes, another does not see") {
  testing::TemporaryFolder home;
  const auto first = tenants::Tenant::open(home.path(), "saint-jean", kMigrations);
  const auto second = tenants::Tenant::open(home.path(), "saint-paul", kMigrations);
  REQUIRE(first);
  REQUIRE(second);
  REQUIRE(first->connect()->execute("INSERT INTO note VALUES ('secret')"));

  auto database = second->connect();
  auto statement = database->prepare("SELECT count(*) FROM note");
  REQUIRE(statement->step().value());
  CHECK(statement->number(0) == 0);
}

TEST_CASE("an id can name no other folder") {
  testing::TemporaryFolder home;
  for (const char* id : {"", "..", "../saint-jean", "a/b", "Saint-Jean", "été", "a\n"}) {
    CAPTURE(id);
    const auto tenant = tenants::Tenant::open(home.path(), id, kMigrations);
    REQUIRE_FALSE(tenant);
    CHECK(tenant.error().code == Code::invalid_argument);
  }
  CHECK_FALSE(tenants::Tenant::open(home.path(), std::string(64, 'a'), kMigrations));
}

TEST_CASE("opening again keeps what was written") {
  testing::TemporaryFolder home;
  REQUIRE(tenants::Tenant::open(home.path(), "demo", kMigrations)->connect()->execute("INSERT INTO note VALUES ('gardé')"));
  auto database = tenants::Tenant::open(home.path(), "demo", kMigrations)->connect();
  auto statement = database->prepare("SELECT text FROM note");
  REQUIRE(statement->step().value());
  CHECK(statement->text(0) == "gardé");
}
