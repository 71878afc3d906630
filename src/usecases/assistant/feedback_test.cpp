#include "usecases/assistant/feedback.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "tenants/testing/commune.h"

using namespace beffroi;

namespace {

std::string one(const tenants::Tenant& tenant, std::string_view sql) {
  auto database = tenant.connect();
  auto statement = database->prepare(sql);
  REQUIRE(statement->step().value());
  return std::string(statement->text(0));
}

}  // namespace

TEST_CASE("an opinion is kept in the commune's own file, and a change of mind replaces it") {
  testing::TemporaryFolder home;
  const auto tenant = tenants::testing::commune(home.path(), "demo", assistant::feedback_migrations());
  REQUIRE(tenant);
  const auto store = assistant::make_feedback_store(*tenant);
  REQUIRE(store->keep({"a1", true, "", ""}));
  REQUIRE(store->keep({"a2", true, "", ""}));
  REQUIRE(store->keep({"a1", false, "La date n’est plus la bonne.", ""}));
  CHECK(one(*tenant, "SELECT count(*) FROM assistant_feedback") == "2");
  CHECK(one(*tenant, "SELECT helpful || reason FROM assistant_feedback WHERE answer_id = 'a1'") == "0La date n’est plus la bonne.");
  CHECK(one(*tenant, "SELECT length(day) FROM assistant_feedback WHERE answer_id = 'a2'") == "10");
}

TEST_CASE("a question that was not sent is not kept") {
  testing::TemporaryFolder home;
  const auto tenant = tenants::testing::commune(home.path(), "demo", assistant::feedback_migrations());
  REQUIRE(assistant::make_feedback_store(*tenant)->keep({"a1", true, "", ""}));
  CHECK(one(*tenant, "SELECT question FROM assistant_feedback").empty());
}
