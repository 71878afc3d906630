// On which days the canteens serve: weekdays of service, school holidays of the zone, computed public holidays, the bridge of Ascension, and
// what the planner edits, which always wins.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "forecast/dates.h"
#include "usecases/canteen/importing/draft.h"

namespace beffroi::canteen {

struct CalendarEdit {
  bool open = false;
  std::string reason;
};

struct CalendarRules {
  std::string zone;  // of the commune: A, B, C…; empty: not yet told
  std::set<int> weekdays = {0, 1, 3, 4};  // of service, 0 Monday to 6 Sunday
  std::vector<HolidayEntry> holidays;  // of every zone known
  std::map<forecast::Day, CalendarEdit> edits;
};

enum class DayKind { served, no_service, holidays, public_holiday, bridge, edited_open, edited_closed };

struct CalendarDay {
  bool open = false;
  DayKind kind = DayKind::no_service;
  std::string words;  // French: « Vacances de la Toussaint », the reason of the edit; empty when plainly open
};

[[nodiscard]] CalendarDay calendar_day(const CalendarRules& rules, forecast::Day day);

// The last day that the zone's holidays say something of; empty without any.
[[nodiscard]] std::optional<forecast::Day> calendar_end(const CalendarRules& rules);

// Days of service between two days off, from one day to another: the town may close them (« pont »), or few will come.
[[nodiscard]] std::vector<forecast::Day> lonely_days(const CalendarRules& rules, forecast::Day from, forecast::Day to);

// What was really done on a day, for most canteens.
struct DoneDay {
  forecast::Day day = 0;
  bool served = false;
};

struct ZoneFit {
  std::string zone;
  std::size_t served_in_holidays = 0;  // days served that the zone's holidays close
  std::size_t closed_in_term = 0;  // weekdays of service without a meal that the zone opens
  [[nodiscard]] std::size_t disagreements() const { return served_in_holidays + closed_in_term; }
};

// Each zone known against the days done, the best first. Only days that the zone's holidays reach are counted.
[[nodiscard]] std::vector<ZoneFit> fit_zones(const CalendarRules& rules, const std::vector<DoneDay>& done);

// French: « Les jours servis suivent la zone B (2 désaccords) et non la zone A (31)… ». Empty when the zone chosen fits as well as any.
// Without a zone chosen: that it is missing, and what cannot be told without it.
[[nodiscard]] std::string zone_doubt(const CalendarRules& rules, const std::vector<DoneDay>& done);

}  // namespace beffroi::canteen
