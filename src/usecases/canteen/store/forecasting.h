// A commune's forecast from its own store: everything known is read, the weeks to come are forecast, the run is kept.
#pragma once

#include <functional>
#include <stop_token>

#include "base/result.h"
#include "db/database.h"
#include "forecast/boosting.h"
#include "usecases/canteen/store/forecasts.h"

namespace beffroi::canteen {

struct ForecastOrder {
  forecast::Day today = 0;
  int days = 28;                                 // from today on; what is known may be older, 70 days in all
  By by;
  const forecast::Boosting* boosting = nullptr;  // null: the linear model alone
  std::function<void(int done, int total)> progress = {};
  std::stop_token stop = {};
};

struct ForecastDone {
  std::int64_t run = 0;
  std::size_t forecasts = 0;
  forecast::Day last_known = 0;
};

// Takes seconds for a large town. Code::bad_input: nothing recorded, or too long ago; Code::cancelled.
[[nodiscard]] Result<ForecastDone> forecast_town(db::Database& commune, const ForecastOrder& order);

}  // namespace beffroi::canteen
