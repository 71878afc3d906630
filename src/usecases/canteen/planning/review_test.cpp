#include "usecases/canteen/planning/review.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace beffroi::canteen;
using beffroi::forecast::Day;
using beffroi::forecast::day_of;

namespace {

constexpr Day kStart = 17410;  // 2017-09-01

std::vector<Outcome> twenty_days(double factor, std::size_t sites) {
  std::vector<Outcome> out;
  for (Day day = 0; day < 20; ++day) {
    for (std::size_t site = 0; site < sites; ++site) out.push_back({site, kStart + day, 100 * factor, 100 * factor + 4, {}, 100});
  }
  return out;
}

std::size_t count(const std::vector<Alarm>& alarms, Alarm::Kind kind) {
  return static_cast<std::size_t>(std::count_if(alarms.begin(), alarms.end(), [&](const Alarm& alarm) { return alarm.kind == kind; }));
}

const std::vector<std::string> kNames = {"Sully", "Molière", "Le Baut", "Plantes", "Linot", "Ampère"};

}  // namespace

TEST_CASE("the model's figures and the agents' are scored on the same days") {
  const Review review = review_of({{0, day_of({2017, 9, 4}), 98, 104, 110, 100},
                                   {0, day_of({2017, 10, 2}), 90, 96, 95, 100},
                                   {1, day_of({2017, 10, 2}), 50, 54, {}, 40}},
                                  2);
  CHECK(review.all.point.wape() == doctest::Approx((2 + 10 + 10) / 240.0));
  CHECK(review.all.agents.days == 2);
  CHECK(review.all.agents.surplus == 10);
  CHECK(review.all.agents.shortage == 5);
  CHECK(review.all.proposed_beside.cost4() == doctest::Approx((4 + 4 * 4) / 200.0));
  CHECK(review.all.proposed.coverage() == doctest::Approx(2.0 / 3));
  CHECK(review.by_month.at("2017-10").point.days == 2);
  CHECK(review.by_site.at(1).point.bias() == doctest::Approx(0.25));
  REQUIRE(review.largest.size() == 2);
  CHECK(review.largest[0].day == day_of({2017, 10, 2}));
}

TEST_CASE("a month is read by people") {
  CHECK(month_words("2026-11") == "novembre 2026");
  CHECK(month_words("2017-08") == "août 2017");
}

TEST_CASE("forecasts that drift are told, those that hold are not") {
  CHECK(alarms_of(twenty_days(1.01, 6), {}, {}, 0.8, kNames).empty());
  const auto high = alarms_of(twenty_days(1.2, 6), {}, {}, 0.8, kNames);
  CHECK(count(high, Alarm::Kind::town_drifts) == 1);
  CHECK(count(high, Alarm::Kind::site_drifts) == 6);
  CHECK(high.front().sentence.find("20\u00a0% de trop") != std::string::npos);
  const auto low = alarms_of(twenty_days(0.9, 6), {}, {}, 0.8, kNames);
  CHECK(count(low, Alarm::Kind::too_often_short) == 1);
}

TEST_CASE("a few days tell no drift") {
  auto few = twenty_days(1.3, 1);
  few.resize(5);
  CHECK(alarms_of(few, {}, {}, 0.8, kNames).empty());
}

TEST_CASE("September, June and events to come are told") {
  const auto alarms = alarms_of(
      {}, {day_of({2018, 6, 14}), day_of({2018, 6, 15}), day_of({2018, 9, 3})},
      {{day_of({2018, 6, 15}), day_of({2018, 6, 15}), "Aïd"}, {day_of({2018, 10, 1}), day_of({2018, 10, 1}), "sortie"}}, 0.8, kNames);
  CHECK(count(alarms, Alarm::Kind::season) == 2);
  CHECK(count(alarms, Alarm::Kind::event) == 1);
}
