// A town's first weeks, played with canteens the model has never seen: five parts, each forecast by a model taught by the four others, from
// its canteens' last 20 school days alone.
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "forecast/model.h"

namespace beffroi::canteen {

struct UnseenOptions {
  forecast::Day period_begin = 0;  // models learn from days up to this − horizon
  int horizon = 21;
  const forecast::Boosting* boosting = nullptr;
};

// One forecast a site-day, in the same order. The days of one week share a history: 20 school days before the cut of the week's first day.
[[nodiscard]] Result<std::vector<forecast::Forecast>> forecast_unseen(const forecast::Panel& panel,
                                                                      const std::vector<std::pair<std::size_t, forecast::Day>>& site_days,
                                                                      const UnseenOptions& options);

// The rows of these site-days. Code::bad_input, naming it, when one has none.
[[nodiscard]] Result<std::vector<std::size_t>> rows_of(const forecast::Table& table,
                                                       const std::vector<std::pair<std::size_t, forecast::Day>>& site_days);

}  // namespace beffroi::canteen
