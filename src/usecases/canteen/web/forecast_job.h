// The forecast of a commune as a job: it takes seconds, and is done even if the machine stops meanwhile.
#pragma once

#include <memory>
#include <string_view>

#include "base/clock.h"
#include "forecast/boosting.h"
#include "forecast/dates.h"
#include "jobs/runner.h"

namespace beffroi::canteen {

inline constexpr std::string_view kForecastJob = "canteen.forecast";

// Forecasts four weeks from the day of the clock and keeps the run. Begun again, it makes another run: the last one counts.
[[nodiscard]] jobs::Handler forecast_handler(Clock now_ms, std::shared_ptr<const forecast::Boosting> boosting);

// The civil day of that moment, in the machine's time zone.
[[nodiscard]] forecast::Day civil_day(std::int64_t at_ms);

}  // namespace beffroi::canteen
