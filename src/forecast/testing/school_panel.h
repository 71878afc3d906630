// For tests only: an invented town whose counts are known by a rule.
#pragma once

#include <limits>
#include <memory>
#include <string>

#include "forecast/panel.h"

namespace beffroi::forecast::testing {

// Three school years from 2013-09-01, Monday, Tuesday, Thursday and Friday, with holidays of two weeks; one flag, « fish ».
// A count is children × 0.6 × weekday (Monday .9, others 1) × fish (.95) and, when `noise` is above 0, a wave of that size.
inline std::shared_ptr<Panel> school_panel(std::size_t sites, double noise) {
  auto panel = std::make_shared<Panel>();
  panel->first = day_of({2013, 9, 1});
  panel->flags = {{"fish", "poisson", false}};
  panel->days.resize(static_cast<std::size_t>(day_of({2016, 7, 31}) - panel->first + 1));
  for (std::size_t at = 0; at < panel->days.size(); ++at) {
    const Day day = panel->first + static_cast<Day>(at);
    const int weekday = weekday_of(day), month = civil_of(day).month, of_month = civil_of(day).day_of_month;
    const bool holiday = month == 7 || month == 8 || (month == 12 && of_month > 19) || (month == 2 && of_month > 14);
    panel->days[at].open = !holiday && weekday != 2 && weekday < 5;
    panel->days[at].flags = at % 5 == 0 ? 1 : 0;
  }
  panel->counts.assign(sites * panel->days.size(), std::numeric_limits<float>::quiet_NaN());
  unsigned state = 7;
  for (std::size_t site = 0; site < sites; ++site) {
    const double children = 100.0 + 40.0 * static_cast<double>(site);
    panel->sites.push_back({"S" + std::to_string(site),
                            "École " + std::to_string(site),
                            static_cast<int>(site % 3),
                            0,
                            {{2013, children}, {2014, children * 1.1}, {2015, children}}});
    for (std::size_t at = 0; at < panel->days.size(); ++at) {
      if (!panel->days[at].open) continue;
      const Day day = panel->first + static_cast<Day>(at);
      state = state * 1664525U + 1013904223U;
      const double wave = 1 + noise * (static_cast<double>(state >> 8) / static_cast<double>(1U << 24) - 0.5);
      const double enrolled = panel->sites[site].enrolment[school_year_of(day)];
      const double weekday = weekday_of(day) == 0 ? 0.9 : 1.0, fish = (panel->days[at].flags & 1) != 0 ? 0.95 : 1.0;
      panel->count(site, at) = static_cast<float>(enrolled * 0.6 * weekday * fish * wave);
    }
  }
  return panel;
}

}  // namespace beffroi::forecast::testing
