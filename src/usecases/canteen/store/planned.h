// What stands for each canteen and day between two days, read at once for a page, a file or a command.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/store/forecasts.h"

namespace beffroi::canteen {

struct PlannedWindow {
  std::vector<StoredSite> sites;
  Settings settings;
  CalendarRules rules;
  std::vector<forecast::Day> days;                     // of service
  std::map<SiteDay, Issued> forecasts;
  std::map<SiteDay, Decision> decisions;
  std::map<SiteDay, Recorded> recorded;
  std::map<forecast::Day, Scenario> scenarios;

  // What the program proposes at that level of service; empty without a forecast.
  [[nodiscard]] std::optional<double> proposed(const SiteDay& at, double service) const;
  // The agents' figure: the decision, else what was imported as ordered.
  [[nodiscard]] std::optional<double> agents(const SiteDay& at) const;
  // The agents' figure wins.
  [[nodiscard]] std::optional<double> order(const SiteDay& at, double service) const;
};

[[nodiscard]] Result<PlannedWindow> planned_window(db::Database& commune, const Window& window);

}  // namespace beffroi::canteen
