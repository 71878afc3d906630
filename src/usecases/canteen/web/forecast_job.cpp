#include "usecases/canteen/web/forecast_job.h"

#include <fmt/format.h>

#include <ctime>
#include <utility>

#include "usecases/canteen/store/forecasting.h"

namespace beffroi::canteen {

namespace {
constexpr int kDaysAhead = 28;
}

forecast::Day civil_day(std::int64_t at_ms) {
  const auto seconds = static_cast<std::time_t>(at_ms / 1000);
  std::tm local{};
  localtime_r(&seconds, &local);
  return forecast::day_of({local.tm_year + 1900, local.tm_mon + 1, local.tm_mday});
}

jobs::Handler forecast_handler(Clock now_ms, std::shared_ptr<const forecast::Boosting> boosting) {
  return [now_ms = std::move(now_ms), boosting = std::move(boosting)](jobs::Work& work, const std::stop_token& stop) -> Status {
    db::Database commune = BEFFROI_TRY(work.source().open());
    ForecastOrder order;
    order.today = civil_day(now_ms());
    order.days = kDaysAhead;
    order.by.at_ms = now_ms();
    order.boosting = boosting.get();
    order.stop = stop;
    order.progress = [&work](int done, int total) {
      work.report(static_cast<double>(done) / total, fmt::format("étape {} sur {}", done + 1, total));
    };
    BEFFROI_TRY(forecast_town(commune, order));
    return {};
  };
}

}  // namespace beffroi::canteen
