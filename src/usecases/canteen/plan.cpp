#include "usecases/canteen/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "usecases/canteen/csv.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::array<int, 3> kReaches = {7, 21, forecast::kMaxHorizonDays};  // days ahead served by one model
constexpr double kSmallestReason = 0.5;                                      // percent
constexpr std::size_t kReasonsInFile = 4;
constexpr std::size_t k50 = 0, k70 = 4, k80 = 6, k90 = 8, k95 = 9;           // places in forecast::kQuantiles

}  // namespace

Result<std::vector<PlannedDay>> plan(const Dataset& dataset, const PlanOptions& options) {
  std::vector<PlannedDay> out;
  int begin = 1, done = 0;
  const auto step = [&]() -> Status {
    if (options.stop.stop_requested()) return fail(Code::cancelled, "La prévision a été arrêtée.");
    const auto reaches = std::count_if(kReaches.begin(), kReaches.end() - 1, [&](int reach) { return reach < options.days; });
    if (options.progress) options.progress(done++, 2 * (static_cast<int>(reaches) + 1));
    return {};
  };
  for (const int reach : kReaches) {
    const int end = std::min(reach, options.days);
    if (begin > end) break;
    BEFFROI_CHECK(step());
    const auto table = forecast::Table::make(dataset.panel, reach);
    std::vector<std::size_t> rows;
    for (Day day = options.last_known + begin; day <= options.last_known + end; ++day) {
      for (std::size_t site = 0; site < dataset.panel->sites.size(); ++site) {
        const auto row = table->find(site, day);
        if (!row) continue;
        rows.push_back(*row);
        out.push_back({site, day, {}});
      }
    }
    begin = end + 1;
    BEFFROI_CHECK(step());
    if (rows.empty()) continue;
    const auto model = BEFFROI_TRY(forecast::Model::fit(table, options.last_known, options.boosting));
    auto forecasts = BEFFROI_TRY(model.forecast(rows));
    for (std::size_t at = 0; at < rows.size(); ++at) out[out.size() - rows.size() + at].forecast = std::move(forecasts[at]);
  }
  if (out.empty()) {
    return fail(Code::bad_input, fmt::format("Aucun jour de cantine au calendrier après le {}\u00a0: complétez le calendrier.",
                                             forecast::to_iso(options.last_known)));
  }
  return out;
}

std::string in_words(const std::vector<forecast::Reason>& reasons, std::size_t most) {
  std::string out;
  std::size_t told = 0;
  for (const forecast::Reason& reason : reasons) {
    if (told == most || std::abs(reason.percent) < kSmallestReason) break;  // largest first
    out += fmt::format("{}{} {}{:.0f}\u00a0%", out.empty() ? "" : ", ", reason.words, reason.percent < 0 ? "−" : "+",
                       std::abs(reason.percent));
    ++told;
  }
  return out;
}

std::string to_csv(const Dataset& dataset, const std::vector<PlannedDay>& days, double service) {
  std::string out = "site_id,site,date,point,order,q50,q70,q80,q90,q95,why\n";
  for (const PlannedDay& planned : days) {
    const auto& site = dataset.panel->sites[planned.site];
    const auto& q = planned.forecast.quantiles;
    fmt::format_to(std::back_inserter(out), "{},{},{},{:.1f},{:.0f},{:.1f},{:.1f},{:.1f},{:.1f},{:.1f},{}\n", csv_field(site.id),
                   csv_field(site.name), forecast::to_iso(planned.day), planned.forecast.point, order_of(planned.forecast, service), q[k50],
                   q[k70], q[k80], q[k90], q[k95], csv_field(in_words(planned.forecast.reasons, kReasonsInFile)));
  }
  return out;
}

}  // namespace beffroi::canteen
