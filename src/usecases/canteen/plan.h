// The weeks to come: a forecast for each canteen and open day after the last day known.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "forecast/boosting.h"
#include "forecast/model.h"
#include "usecases/canteen/dataset.h"
#include "usecases/canteen/planning/orders.h"

namespace beffroi::canteen {

struct PlanOptions {
  forecast::Day last_known = 0;                  // counts after it are not looked at
  int days = 21;                                 // calendar days forecast, 1 to 70
  const forecast::Boosting* boosting = nullptr;  // null: the linear model alone
  std::function<void(int done, int total)> progress = {};  // told between two steps; may be empty
  std::stop_token stop = {};                     // looked at between two steps: Code::cancelled
};

struct PlannedDay {
  std::size_t site = 0;
  forecast::Day day = 0;
  forecast::Forecast forecast;
};

// By day, then by canteen. One model for the first week, one up to three weeks, one up to ten: each looks at counts no older than it must.
// Canteens of which nothing is known are left out; Code::bad_input when the calendar has no open day there.
[[nodiscard]] Result<std::vector<PlannedDay>> plan(const Dataset& dataset, const PlanOptions& options);

// « site_id,site,date,point,order,q50,q70,q80,q90,q95,why » and a line for each.
[[nodiscard]] std::string to_csv(const Dataset& dataset, const std::vector<PlannedDay>& days, double service);

// « jour isolé −9 %, poisson +1 % »: the largest reasons, those under half a percent left out.
[[nodiscard]] std::string in_words(const std::vector<forecast::Reason>& reasons, std::size_t most);

}  // namespace beffroi::canteen
