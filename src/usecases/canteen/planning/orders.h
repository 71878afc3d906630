// From a forecast to an order: the share of days to cover, what a strike or a closure changes, and what covering more costs in meals.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "forecast/margins.h"
#include "forecast/model.h"

namespace beffroi::canteen {

inline constexpr double kDefaultService = 0.8;

// A strike or a closure, entered by hand: no open data tells how many will come.
struct Scenario {
  double rate = 1;                  // of the usual attendance, 0 to 1, in the canteens that stay open
  std::set<std::size_t> closed;     // places of canteens
  std::string words;                // « grève nationale »
};

// Whole meals to order so as to cover that share of days (0.5 to 0.95, the nearest of forecast::kQuantiles).
[[nodiscard]] double order_of(const forecast::Forecast& forecast, double service);
// The same under a scenario: 0 where the canteen is closed.
[[nodiscard]] double order_under(const forecast::Forecast& forecast, double service, const Scenario& scenario, std::size_t site);

// What an order does on the average, by the quantiles of the forecast (below the median they are taken as symmetrical).
struct Outlook {
  double surplus = 0, shortage = 0;  // meals
};
[[nodiscard]] Outlook outlook_of(const forecast::Forecast& forecast, double order);

struct TradeLine {
  double service = 0;
  double meals = 0, surplus = 0, shortage = 0;  // a day, all canteens together
  double expected = 0;                          // meals a day
};

// One line a level of service, over these forecasts of that many days.
[[nodiscard]] std::vector<TradeLine> trade_of(std::span<const forecast::Forecast* const> forecasts, std::size_t days);

// « à 80 % : 862 repas de trop par jour, 0,8 % de manque »
[[nodiscard]] std::string in_words(const TradeLine& line);

}  // namespace beffroi::canteen
