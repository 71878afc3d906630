#include "usecases/canteen/planning/orders.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace beffroi::canteen {

namespace {

constexpr std::array kLevels = {0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95};
constexpr double kStep = 0.05;            // between two of forecast::kQuantiles
constexpr std::size_t kSteps = 20;

std::size_t place_of_quantile(double service) {
  std::size_t nearest = 0;
  for (std::size_t at = 1; at < forecast::kQuantiles.size(); ++at) {
    if (std::abs(forecast::kQuantiles[at] - service) < std::abs(forecast::kQuantiles[nearest] - service)) nearest = at;
  }
  return nearest;
}

double rounded_up(double meals) { return std::ceil(meals - 1e-9); }

// The count in the middle of the n-th twentieth, the least first.
double count_at(const forecast::Forecast& forecast, std::size_t n) {
  const auto& q = forecast.quantiles;
  constexpr std::size_t half = kSteps / 2;
  if (n < half) return std::max(2 * q[0] - count_at(forecast, kSteps - 1 - n), 0.0);
  const std::size_t at = n - half;
  if (at + 1 < q.size()) return (q[at] + q[at + 1]) / 2;
  return q[at] + (q[at] - q[at - 1]) / 2;
}

}  // namespace

double order_of(const forecast::Forecast& forecast, double service) { return rounded_up(forecast.quantiles[place_of_quantile(service)]); }

double order_under(const forecast::Forecast& forecast, double service, const Scenario& scenario, std::size_t site) {
  if (scenario.closed.contains(site)) return 0;
  return rounded_up(forecast.quantiles[place_of_quantile(service)] * std::clamp(scenario.rate, 0.0, 1.0));
}

Outlook outlook_of(const forecast::Forecast& forecast, double order) {
  Outlook out;
  for (std::size_t n = 0; n < kSteps; ++n) {
    const double count = count_at(forecast, n);
    out.surplus += std::max(order - count, 0.0) * kStep;
    out.shortage += std::max(count - order, 0.0) * kStep;
  }
  return out;
}

std::vector<TradeLine> trade_of(std::span<const forecast::Forecast* const> forecasts, std::size_t days) {
  std::vector<TradeLine> out;
  if (days == 0) return out;
  for (const double level : kLevels) {
    TradeLine line;
    line.service = level;
    for (const forecast::Forecast* each : forecasts) {
      const double order = order_of(*each, level);
      const Outlook outlook = outlook_of(*each, order);
      line.meals += order, line.surplus += outlook.surplus, line.shortage += outlook.shortage, line.expected += each->point;
    }
    for (double* sum : {&line.meals, &line.surplus, &line.shortage, &line.expected}) *sum /= static_cast<double>(days);
    out.push_back(line);
  }
  return out;
}

std::string in_words(const TradeLine& line) {
  const double share = line.expected > 0 ? 100 * line.shortage / line.expected : 0;
  std::string percent = fmt::format("{:.1f}", share);
  std::replace(percent.begin(), percent.end(), '.', ',');
  const std::string meals = line.shortage > 0 && line.shortage < 1 ? "moins d’un repas" : fmt::format("{:.0f} repas", line.shortage);
  return fmt::format("à {:.0f}\u00a0%\u00a0: {:.0f} repas de trop par jour, {}\u00a0% de manque ({})", 100 * line.service, line.surplus,
                     percent, meals);
}

}  // namespace beffroi::canteen
