// Forecasts as they would have been made in the past, day after day, from what was known then: how the figures of docs/canteen.md are had.
//
// The model is fitted again at each start of a period between two breaks, on days up to `start − horizon`; the forecast of a day then looks
// at counts up to `day − horizon`. Deterministic.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "forecast/boosting.h"
#include "forecast/model.h"
#include "usecases/canteen/dataset.h"

namespace beffroi::canteen {

struct BacktestOptions {
  forecast::Day from = 0, to = 0;  // first and last day forecast
  std::vector<int> horizons = {21, 7, 1};  // calendar days, 1 to 70
  const forecast::Boosting* boosting = nullptr;  // null: the linear model alone
  bool unseen = false;  // each canteen forecast by models that never saw it, from its last 20 days alone
};

struct PastForecast {
  std::size_t site = 0;
  forecast::Day day = 0;
  int horizon = 0;
  forecast::Forecast forecast;
};

// For every scored site-day from `from` to `to`, by horizon then in the order of the file. Code::bad_input when one cannot be forecast: a
// figure over fewer days would not be the same figure. `progress` is told how far it is.
[[nodiscard]] Result<std::vector<PastForecast>> backtest(const Dataset& dataset, const BacktestOptions& options,
                                                         const std::function<void(long long, long long)>& progress);

// « site_id,date,horizon,point,q70,q80,q90 » and a line for each.
[[nodiscard]] std::string to_csv(const Dataset& dataset, const std::vector<PastForecast>& forecasts);

// Sums over site-days, as shares of the meals served (the protocol's definitions; orders are rounded up to whole meals).
struct Figures {
  std::size_t site_days = 0;
  double wape = 0;  // Σ|point − served|
  double bias = 0;  // Σ(point − served)
  double coverage80 = 0;  // share of site-days that the order at 80 % covers
  double shortage80 = 0, surplus80 = 0;
  double cost4 = 0;  // surplus80 + 4 × shortage80
  double agents_cost4 = 0;  // the same of what the agents had ordered, on the days when it is known
};
[[nodiscard]] Figures figures_of(const Dataset& dataset, const std::vector<PastForecast>& forecasts, int horizon);

}  // namespace beffroi::canteen
