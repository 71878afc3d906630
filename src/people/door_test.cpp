#include "people/door.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "people/fake/open_door.h"
#include "tenants/testing/commune.h"

using namespace beffroi;
using namespace beffroi::people;

namespace {

http::Reply asked_as(const tenants::Tenant& tenant, Role role) {
  const auto door = std::make_shared<fake::OpenDoor>(tenant, role);
  const http::Route made = route(door, http::Method::get, "/cantines", Right::see_canteens,
                                 [](const Visitor& visitor, const http::Request&) { return http::text_reply(visitor.tenant.id()); });
  CHECK(made.right == "see_canteens");
  return made.handler({});
}

}  // namespace

TEST_CASE("a route is reached with its right and refused without") {
  testing::TemporaryFolder home;
  const auto tenant = tenants::testing::commune(home.path(), "saint-jean", {});
  REQUIRE(tenant);
  CHECK(asked_as(*tenant, Role::reader).body == "saint-jean");
  CHECK(asked_as(*tenant, Role::citizen).status == 401);
  CHECK(asked_as(*tenant, Role::dpo).status == 403);
}

TEST_CASE("a key may do no more than its scopes, nor than its owner") {
  testing::TemporaryFolder home;
  Visitor key{.tenant = *tenants::testing::commune(home.path(), "saint-jean", {})};
  key.kind = Visitor::Kind::key;
  key.memberships = {{Role::reader, ""}};
  key.scopes = {Right::use_api, Right::manage_people};
  CHECK(key.may(Right::use_api));
  CHECK_FALSE(key.may(Right::see_canteens));
  CHECK_FALSE(key.may(Right::manage_people));
}

TEST_CASE("a role in one service opens nothing in another") {
  testing::TemporaryFolder home;
  Visitor agent{.tenant = *tenants::testing::commune(home.path(), "saint-jean", {})};
  agent.kind = Visitor::Kind::person;
  agent.memberships = {{Role::agent, "restauration"}};
  CHECK(agent.may(Right::plan_canteens, "restauration"));
  CHECK_FALSE(agent.may(Right::plan_canteens, "etat-civil"));
}
