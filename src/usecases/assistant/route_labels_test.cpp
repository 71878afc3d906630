#include "usecases/assistant/route_labels.h"

#include <doctest/doctest.h>

#include "base/testing.h"
#include "db/testing.h"
#include "metering/lines.h"
#include "tenants/testing/commune.h"
#include "usecases/assistant/feedback.h"

using namespace beffroi;
using answers::Route;
using assistant::RouteLabel;

namespace {

std::vector<db::Migration> tables() {
  std::vector<db::Migration> all(assistant::feedback_migrations().begin(), assistant::feedback_migrations().end());
  all.insert(all.end(), metering::lines_migrations().begin(), metering::lines_migrations().end());
  all.insert(all.end(), assistant::route_migrations().begin(), assistant::route_migrations().end());
  return all;
}

}  // namespace

TEST_CASE("answers and « plus » are counted by sureness, and nothing else of them is kept") {
  testing::TemporaryFolder home;
  const auto tenant = tenants::testing::commune(home.path(), "demo", tables());
  REQUIRE(tenant);
  const auto store = assistant::make_feedback_store(*tenant);
  REQUIRE(store->count({Route::extracts, 0.52, true, false}));
  REQUIRE(store->count({Route::extracts, 0.54, true, false}));
  REQUIRE(store->count({Route::model, 0.54, false, true}));
  REQUIRE(store->count({Route::model, 1.0, false, false}));
  REQUIRE(store->count({Route::none, 0.9, false, false}));
  auto database = tenant->connect();
  REQUIRE(database);
  const auto labels = assistant::route_labels(*database);
  REQUIRE(labels);
  REQUIRE(labels->size() == 3);
  CHECK((*labels)[0].step == 10);
  CHECK((*labels)[0].count == 2);
  CHECK_FALSE((*labels)[0].more);
  CHECK((*labels)[1].changed);
  CHECK((*labels)[2].step == 19);
}

TEST_CASE("on each engine the same route of the same day is one row") {
  for (const db::Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    auto database = db::Database::open(ground.place());
    REQUIRE(database->migrate(tables()));
    for (int i = 0; i < 3; ++i) REQUIRE(assistant::count_route(*database, {Route::model, 0.54, false, true}));
    const auto labels = assistant::route_labels(*database);
    REQUIRE(labels);
    REQUIRE(labels->size() == 1);
    CHECK(labels->front().step == 10);
    CHECK(labels->front().changed);
    CHECK(labels->front().count == 3);
  }
}

TEST_CASE("the threshold that labels point at keeps wrong routes under one answer in twenty") {
  // 400 plain answers; below 0.5, « plus » often brought something; above, hardly ever.
  const std::vector<RouteLabel> labels{{4, false, false, 100},  {4, true, true, 30}, {12, false, false, 200}, {12, true, true, 8},
                                       {18, false, false, 100}, {18, true, true, 4}, {18, true, false, 5}};
  const auto calibration = assistant::calibrate(labels);
  CHECK(calibration.enough);
  CHECK(calibration.plain == 400);
  CHECK(calibration.more == 47);
  CHECK(calibration.changed == 42);
  CHECK(calibration.threshold == doctest::Approx(0.25));  // everything above step 4: 12 of 400; with it, 42 would be too many
  CHECK(calibration.without_model == doctest::Approx(0.75));
}

TEST_CASE("a few labels move nothing") {
  const auto calibration = assistant::calibrate({{4, false, false, 10}, {4, true, true, 10}});
  CHECK_FALSE(calibration.enough);
  CHECK(assistant::to_text(calibration).find("trop peu") != std::string::npos);
  CHECK(assistant::to_text(assistant::calibrate({})).find("—") != std::string::npos);
}
