#include "people/right.h"

#include <doctest/doctest.h>

using namespace beffroi::people;

TEST_CASE("the public reads and asks, and administers nothing") {
  for (const Right right : all_rights()) {
    CAPTURE(name_of(right));
    CHECK(may(Role::citizen, right) == (right == Right::open || right == Right::ask || right == Right::generate));
  }
}

TEST_CASE("a syndicate's administrator reaches counts and communes, never what a commune works on") {
  CHECK(may(Role::syndicate_administrator, Right::see_counts));
  CHECK(may(Role::syndicate_administrator, Right::manage_communes));
  for (const Right right :
       {Right::manage_documents, Right::see_canteens, Right::plan_canteens, Right::serve_requests, Right::manage_grants}) {
    CAPTURE(name_of(right));
    CHECK_FALSE(may(Role::syndicate_administrator, right));
  }
  CHECK_FALSE(may(Role::commune_administrator, Right::see_counts));
}

TEST_CASE("the DPO sees the traces and does not change the settings") {
  CHECK(may(Role::dpo, Right::see_audit));
  CHECK(may(Role::dpo, Right::serve_requests));
  CHECK_FALSE(may(Role::dpo, Right::manage_people));
  CHECK_FALSE(may(Role::dpo, Right::manage_settings));
}

TEST_CASE("every role and right has a name that leads back to it") {
  for (const Role role : all_roles()) {
    CHECK(role_of(name_of(role)) == role);
    CHECK_FALSE(title_of(role).empty());
  }
  for (const Right right : all_rights()) {
    CHECK(right_of(name_of(right)) == right);
    CHECK_FALSE(title_of(right).empty());
  }
  CHECK_FALSE(role_of("root"));
  CHECK_FALSE(right_of(""));
}
