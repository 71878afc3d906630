#include "usecases/canteen/plan.h"

#include <doctest/doctest.h>

#include "forecast/testing/school_panel.h"

using namespace beffroi;
using namespace beffroi::canteen;

TEST_CASE("the weeks to come are planned day by day, and the future is not looked at") {
  Dataset town{forecast::testing::school_panel(4, 0.05), {}, {}};
  const forecast::Day origin = forecast::day_of({2016, 3, 6});
  const auto days = plan(town, {origin, 28, nullptr}).value();
  CHECK(days.size() == 4 * 16);  // four weeks of four days
  for (std::size_t at = 1; at < days.size(); ++at) CHECK(days[at - 1].day <= days[at].day);
  auto emptied = std::make_shared<forecast::Panel>(*town.panel);
  for (std::size_t day = static_cast<std::size_t>(origin - emptied->first) + 1; day < emptied->day_count(); ++day) {
    for (std::size_t site = 0; site < 4; ++site) emptied->count(site, day) = 9999;
  }
  town.panel = emptied;
  const auto again = plan(town, {origin, 28, nullptr}).value();
  for (std::size_t at = 0; at < days.size(); ++at) CHECK(days[at].forecast.quantiles == again[at].forecast.quantiles);
}

TEST_CASE("a plan without an open day is refused") {
  const Dataset town{forecast::testing::school_panel(2, 0), {}, {}};
  const auto refused = plan(town, {forecast::day_of({2016, 7, 5}), 21, nullptr});
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == Code::bad_input);
}

TEST_CASE("reasons are signed and the small ones are left out") {
  CHECK(in_words({{"jour isolé", -9.2}, {"poisson", 1.1}, {"riz", 0.2}}, 4) == "jour isolé −9\u00a0%, poisson +1\u00a0%");
}
