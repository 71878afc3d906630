#include "usecases/canteen/store/planned.h"

namespace beffroi::canteen {

std::optional<double> PlannedWindow::proposed(const SiteDay& at, double service) const {
  const auto forecast = forecasts.find(at);
  if (forecast == forecasts.end()) return std::nullopt;
  const auto scenario = scenarios.find(at.second);
  if (scenario == scenarios.end()) return order_of(forecast->second.forecast, service);
  return order_under(forecast->second.forecast, service, scenario->second, at.first);
}

std::optional<double> PlannedWindow::agents(const SiteDay& at) const {
  if (const auto decision = decisions.find(at); decision != decisions.end()) return decision->second.meals;
  const auto meals = recorded.find(at);
  if (meals == recorded.end() || !meals->second.ordered) return std::nullopt;
  return *meals->second.ordered;
}

std::optional<double> PlannedWindow::order(const SiteDay& at, double service) const {
  if (const auto own = agents(at)) return own;
  return proposed(at, service);
}

Result<PlannedWindow> planned_window(db::Database& commune, const Window& window) {
  PlannedWindow out;
  out.sites = BEFFROI_TRY(sites(commune));
  out.settings = BEFFROI_TRY(settings(commune));
  out.rules = BEFFROI_TRY(calendar_rules(commune));
  out.forecasts = BEFFROI_TRY(issued(commune, out.sites, window));
  out.decisions = BEFFROI_TRY(decided(commune, out.sites, window));
  out.recorded = BEFFROI_TRY(recorded_between(commune, out.sites, window.from, window.to));
  out.scenarios = BEFFROI_TRY(scenarios(commune, out.sites));
  for (forecast::Day day = window.from; day <= window.to; ++day) {
    if (calendar_day(out.rules, day).open || out.scenarios.contains(day)) out.days.push_back(day);
  }
  return out;
}

}  // namespace beffroi::canteen
