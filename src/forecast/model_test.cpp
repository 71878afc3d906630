#include "forecast/model.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>

#include "base/testing.h"
#include "forecast/testing/school_panel.h"

using namespace beffroi;
using namespace beffroi::forecast;

namespace {

constexpr int kHorizon = 21;
const Day kOrigin = day_of({2016, 3, 1});

std::shared_ptr<const Boosting> lightgbm() {
  const auto library = open_lightgbm(lightgbm_path(beffroi::testing::deps_folder()));
  if (!library) MESSAGE("LightGBM is not installed (tools/deps lightgbm): only the linear model is tested");
  return library ? *library : nullptr;
}

// Forecasts, made at kOrigin, of the three weeks after it.
std::vector<Forecast> three_weeks(std::shared_ptr<const Panel> panel, const Boosting* boosting) {
  const auto table = Table::make(std::move(panel), kHorizon);
  std::vector<std::size_t> rows;
  for (std::size_t site = 0; site < table->panel().sites.size(); ++site) {
    for (Day day = kOrigin + 1; day <= kOrigin + kHorizon; ++day) {
      if (const auto row = table->find(site, day)) rows.push_back(*row);
    }
  }
  REQUIRE(rows.size() >= table->panel().sites.size() * 10);
  return Model::fit(table, kOrigin, boosting).value().forecast(rows).value();
}

bool same_bits(const std::vector<Forecast>& a, const std::vector<Forecast>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at) {
    if (a[at].point != b[at].point || a[at].quantiles != b[at].quantiles) return false;
  }
  return true;
}

void scramble_after(Panel& panel, Day origin) {
  unsigned state = 99;
  for (std::size_t site = 0; site < panel.sites.size(); ++site) {
    for (std::size_t day = static_cast<std::size_t>(origin - panel.first) + 1; day < panel.day_count(); ++day) {
      state = state * 1664525U + 1013904223U;
      panel.count(site, day) = static_cast<float>(state >> 22);
    }
  }
}

}  // namespace

TEST_CASE("counts that follow a rule are forecast by that rule") {
  const auto panel = forecast::testing::school_panel(6, 0);
  const auto table = Table::make(panel, kHorizon);
  const auto model = Model::fit(table, kOrigin, nullptr).value();
  for (Day day = kOrigin + 1; day <= kOrigin + kHorizon; ++day) {
    const auto row = table->find(2, day);
    if (!row) continue;
    const double served = panel->count(2, static_cast<std::size_t>(day - panel->first));
    const auto forecast = model.forecast(std::vector{*row}).value().front();
    CHECK(forecast.point == doctest::Approx(served).epsilon(0.01));
    CHECK_FALSE(model.boosted());
  }
}

TEST_CASE("a reason is a signed percentage, and fish takes its five in a hundred") {
  const auto panel = forecast::testing::school_panel(6, 0.02);
  const auto table = Table::make(panel, kHorizon);
  const auto model = Model::fit(table, kOrigin, nullptr).value();
  double with_fish = 0, without = 0;
  for (Day day = kOrigin + 1; day <= kOrigin + kHorizon; ++day) {
    const auto row = table->find(2, day);
    if (!row) continue;
    const bool fish = panel->days[static_cast<std::size_t>(day - panel->first)].flags != 0;
    for (const Reason& reason : model.forecast(std::vector{*row}).value().front().reasons) {
      if (reason.words == "poisson") (fish ? with_fish : without) = reason.percent;
    }
  }
  CHECK(with_fish - without == doctest::Approx(-5).epsilon(0.15));
}

TEST_CASE("nothing of the future leaks: scrambled, forecasts stay the same to the bit") {
  const auto boosting = lightgbm();
  const auto panel = forecast::testing::school_panel(9, 0.1);
  auto scrambled = std::make_shared<Panel>(*panel);
  scramble_after(*scrambled, kOrigin);
  CHECK(same_bits(three_weeks(panel, nullptr), three_weeks(scrambled, nullptr)));
  if (boosting) CHECK(same_bits(three_weeks(panel, boosting.get()), three_weeks(scrambled, boosting.get())));
  auto past = std::make_shared<Panel>(*panel);  // the test can fail: the past does matter
  scramble_after(*past, kOrigin - 40);
  CHECK_FALSE(same_bits(three_weeks(panel, nullptr), three_weeks(past, nullptr)));
}

TEST_CASE("the same input gives the same forecast, boosted or not") {
  const auto boosting = lightgbm();
  const auto panel = forecast::testing::school_panel(9, 0.1);
  CHECK(same_bits(three_weeks(panel, nullptr), three_weeks(panel, nullptr)));
  if (boosting) CHECK(same_bits(three_weeks(panel, boosting.get()), three_weeks(panel, boosting.get())));
}

TEST_CASE("quantiles rise, and cover about what they say, boosted or not") {
  const auto library = lightgbm();
  const auto panel = forecast::testing::school_panel(20, 0.3);
  const auto table = Table::make(panel, kHorizon);
  std::vector<std::size_t> rows;
  for (std::size_t at = 0; at < table->rows().size(); ++at) {
    if (table->rows()[at].day > kOrigin - panel->first) rows.push_back(at);
  }
  std::vector<const Boosting*> learners = {nullptr};
  if (library) learners.push_back(library.get());
  for (const Boosting* boosting : learners) {
    CAPTURE(boosting != nullptr);
    const auto forecasts = Model::fit(table, kOrigin, boosting).value().forecast(rows).value();
    double covered = 0;
    for (std::size_t at = 0; at < rows.size(); ++at) {
      const auto& row = table->rows()[rows[at]];
      for (std::size_t quantile = 1; quantile < kQuantiles.size(); ++quantile)
        CHECK(forecasts[at].quantiles[quantile] >= forecasts[at].quantiles[quantile - 1]);
      covered += std::ceil(forecasts[at].quantiles[6]) >= panel->count(row.site, static_cast<std::size_t>(row.day)) ? 1 : 0;
    }
    CHECK(covered / static_cast<double>(rows.size()) > 0.72);
    CHECK(covered / static_cast<double>(rows.size()) < 0.88);
  }
}

TEST_CASE("boosted margins are those of trees grown at the order too") {
  const auto library = lightgbm();
  if (!library) return;
  // A town whose Mondays alone are noisy: margins of a canteen differ with the day.
  const auto panel = std::make_shared<Panel>(*forecast::testing::school_panel(20, 0));
  unsigned state = 7;
  for (std::size_t site = 0; site < panel->sites.size(); ++site) {
    for (std::size_t day = 0; day < panel->day_count(); ++day) {
      state = state * 1664525U + 1013904223U;
      if (weekday_of(panel->first + static_cast<Day>(day)) == 0)
        panel->count(site, day) *= 0.7F + 0.6F * static_cast<float>(state >> 8) / 16777216.0F;
    }
  }
  const auto table = Table::make(panel, kHorizon);
  const Model model = Model::fit(table, kOrigin, library.get()).value();
  double monday = 0, friday = 0;
  for (Day day = kOrigin + 1; day <= kOrigin + kHorizon; ++day) {
    const auto row = table->find(2, day);
    if (!row) continue;
    const Forecast forecast = model.forecast(std::vector{*row}).value().front();
    const double margin = (forecast.quantiles[6] - forecast.point) / forecast.point;
    if (weekday_of(day) == 0) monday = std::max(monday, margin);
    if (weekday_of(day) == 4) friday = std::max(friday, margin);
  }
  CHECK(monday > 2 * friday);
}

TEST_CASE("unusual days are never learnt from") {
  const auto panel = forecast::testing::school_panel(6, 0.05);
  auto struck = std::make_shared<Panel>(*panel);
  auto emptied = std::make_shared<Panel>(*panel);
  for (Panel* each : {struck.get(), emptied.get()}) {
    const std::size_t strike = static_cast<std::size_t>(day_of({2016, 1, 12}) - each->first);
    each->days[strike].unusual = true;
    for (std::size_t site = 0; site < 6; ++site) each->count(site, strike) = each == struck.get() ? 3.0F : std::nanf("");
  }
  CHECK(same_bits(three_weeks(struck, nullptr), three_weeks(emptied, nullptr)));
}

TEST_CASE("too short a history is refused, an absent library is said") {
  const auto table = Table::make(forecast::testing::school_panel(3, 0), kHorizon);
  const auto none = Model::fit(table, table->panel().first + 10, nullptr);
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == Code::invalid_argument);
  const auto library = open_lightgbm("/nowhere/lib_lightgbm.so");
  REQUIRE_FALSE(library.has_value());
  CHECK(library.error().code == Code::unavailable);
}
