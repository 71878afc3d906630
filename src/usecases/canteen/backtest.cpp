#include "usecases/canteen/backtest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "forecast/places.h"
#include "usecases/canteen/csv.h"
#include "usecases/canteen/unseen.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Panel;

constexpr std::size_t k70 = 4, k80 = 6, k90 = 8;  // places in forecast::kQuantiles

// Days from `begin` to before `end` are forecast by one model.
struct Period {
  Day begin = 0, end = 0;
};

std::vector<Period> periods_between(const Panel& panel, Day from, Day to) {
  const auto places = forecast::places_of(panel);
  std::vector<Period> periods = {{from, to + 1}};
  for (Day day = from + 1; day <= to; ++day) {
    if (!panel.holds(day)) continue;
    const auto& place = places[static_cast<std::size_t>(day - panel.first)];
    if (!place.open || place.since_break != 0) continue;
    periods.back().end = day;
    periods.push_back({day, to + 1});
  }
  return periods;
}

// Places, in the list of scored days, of those of a period.
std::vector<std::size_t> wanted(const Dataset& dataset, const Period& period) {
  std::vector<std::size_t> out;
  for (std::size_t at = 0; at < dataset.scored.size(); ++at) {
    if (const Day day = dataset.scored[at].second; day >= period.begin && day < period.end) out.push_back(at);
  }
  return out;
}

}  // namespace

Result<std::vector<std::size_t>> rows_of(const forecast::Table& table, const std::vector<std::pair<std::size_t, Day>>& site_days) {
  std::vector<std::size_t> rows;
  for (const auto& [site, day] : site_days) {
    const auto row = table.find(site, day);
    if (!row) {
      return fail(Code::bad_input,
                  fmt::format("La cantine «\u00a0{}\u00a0» ne peut pas être prévue pour le {}\u00a0: le service n’y est pas ouvert au "
                              "calendrier, ou rien n’est connu d’elle à cette date.",
                              table.panel().sites[site].name, forecast::to_iso(day)));
    }
    rows.push_back(*row);
  }
  return rows;
}

Result<std::vector<PastForecast>> backtest(const Dataset& dataset, const BacktestOptions& options,
                                           const std::function<void(long long, long long)>& progress) {
  const auto periods = periods_between(*dataset.panel, options.from, options.to);
  std::vector<PastForecast> out;
  long long done = 0;
  const auto total = static_cast<long long>(periods.size() * options.horizons.size());
  for (const int horizon : options.horizons) {
    const auto table = forecast::Table::make(dataset.panel, horizon);
    std::vector<PastForecast> of_horizon;
    for (const Period& period : periods) {
      progress(done++, total);
      std::vector<std::pair<std::size_t, Day>> site_days;
      const auto places = wanted(dataset, period);
      if (places.empty()) continue;
      for (const std::size_t at : places) site_days.push_back(dataset.scored[at]);
      std::vector<forecast::Forecast> forecasts;
      if (options.unseen) {
        forecasts = BEFFROI_TRY(forecast_unseen(*dataset.panel, site_days, {period.begin, horizon, options.boosting}));
      } else {
        const auto rows = BEFFROI_TRY(rows_of(*table, site_days));
        const auto model = BEFFROI_TRY(forecast::Model::fit(table, period.begin - horizon, options.boosting));
        forecasts = BEFFROI_TRY(model.forecast(rows));
      }
      for (std::size_t at = 0; at < places.size(); ++at) {
        of_horizon.push_back({site_days[at].first, site_days[at].second, horizon, std::move(forecasts[at])});
      }
    }
    std::move(of_horizon.begin(), of_horizon.end(), std::back_inserter(out));
  }
  progress(total, total);
  return out;
}

std::string to_csv(const Dataset& dataset, const std::vector<PastForecast>& forecasts) {
  std::string out = "site_id,date,horizon,point,q70,q80,q90\n";
  for (const PastForecast& past : forecasts) {
    const auto& quantiles = past.forecast.quantiles;
    fmt::format_to(std::back_inserter(out), "{},{},{},{:.3f},{:.3f},{:.3f},{:.3f}\n", csv_field(dataset.panel->sites[past.site].id),
                   forecast::to_iso(past.day), past.horizon, past.forecast.point, quantiles[k70], quantiles[k80], quantiles[k90]);
  }
  return out;
}

Figures figures_of(const Dataset& dataset, const std::vector<PastForecast>& forecasts, int horizon) {
  Figures figures;
  double served_sum = 0, absolute = 0, signed_sum = 0, covered = 0, agents_cost = 0, agents_served = 0;
  for (const PastForecast& past : forecasts) {
    if (past.horizon != horizon) continue;
    const std::size_t day = static_cast<std::size_t>(past.day - dataset.panel->first);
    const double served = dataset.panel->count(past.site, day);
    if (!(served > 0)) continue;
    const double order = std::ceil(past.forecast.quantiles[k80] - 1e-9),
                 agents = dataset.agents[past.site * dataset.panel->day_count() + day];
    ++figures.site_days;
    served_sum += served;
    absolute += std::abs(past.forecast.point - served);
    signed_sum += past.forecast.point - served;
    covered += order < served - 0.5 ? 0 : 1;
    figures.shortage80 += std::max(served - order, 0.0);
    figures.surplus80 += std::max(order - served, 0.0);
    if (std::isnan(agents)) continue;
    agents_served += served;
    agents_cost += std::max(agents - served, 0.0) + 4 * std::max(served - agents, 0.0);
  }
  if (figures.site_days == 0) return figures;
  figures.wape = absolute / served_sum;
  figures.bias = signed_sum / served_sum;
  figures.coverage80 = covered / static_cast<double>(figures.site_days);
  figures.shortage80 /= served_sum;
  figures.surplus80 /= served_sum;
  figures.cost4 = figures.surplus80 + 4 * figures.shortage80;
  figures.agents_cost4 = agents_served > 0 ? agents_cost / agents_served : 0;
  return figures;
}

}  // namespace beffroi::canteen
