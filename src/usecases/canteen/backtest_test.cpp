#include "usecases/canteen/backtest.h"

#include <doctest/doctest.h>

#include <cmath>

#include "forecast/testing/school_panel.h"

using namespace beffroi;
using namespace beffroi::canteen;

namespace {

Dataset invented_town(std::size_t sites) {
  Dataset dataset{forecast::testing::school_panel(sites, 0.1), {}, {}};
  dataset.agents.assign(dataset.panel->counts.size(), 70.0F);
  for (std::size_t site = 0; site < sites; ++site) {
    for (forecast::Day day = forecast::day_of({2016, 3, 7}); day <= forecast::day_of({2016, 3, 25}); ++day) {
      if (dataset.panel->days[static_cast<std::size_t>(day - dataset.panel->first)].open) dataset.scored.emplace_back(site, day);
    }
  }
  return dataset;
}

BacktestOptions options_for(bool unseen) {
  BacktestOptions options;
  options.from = forecast::day_of({2016, 3, 7});
  options.to = forecast::day_of({2016, 3, 25});
  options.horizons = {21, 7};
  options.unseen = unseen;
  return options;
}

constexpr auto kSilent = [](long long, long long) {};

}  // namespace

TEST_CASE("every scored day gets a forecast at every horizon") {
  const Dataset town = invented_town(10);
  const auto forecasts = backtest(town, options_for(false), kSilent).value();
  CHECK(forecasts.size() == 2 * town.scored.size());
  const Figures figures = figures_of(town, forecasts, 21);
  CHECK(figures.site_days == town.scored.size());
  CHECK(figures.wape < 0.04);
  const std::string csv = to_csv(town, forecasts);
  CHECK(csv.starts_with("site_id,date,horizon,point,q70,q80,q90\nS0,2016-03-07,21,"));
}

TEST_CASE("a day that cannot be forecast refuses the run") {
  Dataset town = invented_town(4);
  town.scored.emplace_back(0, forecast::day_of({2016, 3, 9}));  // a Wednesday
  const auto refused = backtest(town, options_for(false), kSilent);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("École 0") != std::string::npos);
}

TEST_CASE("canteens never seen are forecast from their last twenty days alone") {
  const Dataset town = invented_town(10);
  const auto forecasts = backtest(town, options_for(true), kSilent).value();
  CHECK(figures_of(town, forecasts, 21).wape < 0.06);
  Dataset forgetful = town;  // what is older than the last weeks has no part in them
  auto panel = std::make_shared<forecast::Panel>(*town.panel);
  for (std::size_t day = 0; day < static_cast<std::size_t>(forecast::day_of({2015, 12, 1}) - panel->first); ++day) panel->count(0, day) = 1;
  forgetful.panel = panel;
  const auto again = backtest(forgetful, options_for(true), kSilent).value();
  for (std::size_t at = 0; at < forecasts.size(); ++at) {
    if (forecasts[at].site == 0) CHECK(forecasts[at].forecast.point == again[at].forecast.point);
  }
}
