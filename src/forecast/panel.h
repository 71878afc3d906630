// What a forecast is made from: sites (canteens), days with their calendar, and what was counted on each.
//
// The calendar and the flags of a day (menu words, Ramadan…) are known ahead at any horizon; counts are known on the day. A Panel is plain
// data: build it, then read it from any thread.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "forecast/dates.h"

namespace beffroi::forecast {

inline constexpr std::size_t kMaxFlags = 64;

// Something true of a day or not, the same for every site: fish on the menu.
struct Flag {
  std::string name;       // short and stable
  std::string label;      // French, as a planner reads it
  bool by_site = false;   // sites answer differently to it: each one's own answer is learnt
};

struct DayFacts {
  bool open = false;             // a day when the service runs for everyone: school day, neither holiday nor closing
  bool unusual = false;          // strike or crisis: never learnt from, never counted in a level
  bool public_holiday = false;
  bool ramadan = false;
  bool feast = false;            // Aïd
  std::uint64_t flags = 0;       // bit i: Panel::flags[i] is true of that day
};

struct Site {
  std::string id;
  std::string name;
  int kind = 0;                        // a small number: nursery, elementary, both
  int sector = 0;                      // a small number: part of the town
  std::map<int, double> enrolment;     // first year of the school year → children enrolled, above 0
};

struct Panel {
  Day first = 0;                       // of `days`
  std::vector<DayFacts> days;          // consecutive; beyond the last one nothing is known
  std::vector<Flag> flags;             // at most kMaxFlags
  std::vector<Site> sites;
  std::vector<float> counts;           // sites × days, NaN where nothing was recorded; 0: closed

  [[nodiscard]] std::size_t day_count() const { return days.size(); }
  [[nodiscard]] bool holds(Day day) const { return day >= first && day < first + static_cast<Day>(days.size()); }
  [[nodiscard]] float& count(std::size_t site, std::size_t day_index) { return counts[site * days.size() + day_index]; }
  [[nodiscard]] float count(std::size_t site, std::size_t day_index) const { return counts[site * days.size() + day_index]; }
};

}  // namespace beffroi::forecast
