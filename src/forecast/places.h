// Where each day stands in its school year: from the last break, before the next one, beside a day off, and which days of earlier years
// it is like. Made from the calendar alone.
#pragma once

#include <cstdint>
#include <vector>

#include "forecast/panel.h"

namespace beffroi::forecast {

inline constexpr int kUnknownPlace = 99;  // « far from it », or the calendar does not go that far

struct Place {
  bool open = false;
  std::int16_t weekday = 0;
  std::int16_t month = 0;
  std::int16_t week = 0;                     // day of the year / 7
  std::int16_t school_year = 0;
  std::int16_t since_break = 0;              // open days from the first one after a break of a week and more, 0 for that one
  std::int16_t to_break = kUnknownPlace;     // open days left before the next break
  std::int16_t since_year = 0;               // open days since the school year began
  std::int16_t to_year = kUnknownPlace;      // open days left in it
  std::int16_t days_to_year = 300;           // the same in calendar days
  std::int16_t gap_before = 1, gap_after = 1;  // calendar days to the open day before, after; 10 at most
  bool after_gap = false, before_gap = false;  // that gap is longer than the usual week makes it
  std::int16_t days_in_week = 4;             // open days of its week
  bool holiday_before = false, holiday_after = false;  // a public holiday within three days
  std::vector<std::int32_t> like;            // indices of like days of earlier years, latest first
};

// One for each day of the panel. A school year is taken as ended only when the calendar reaches its 25 June.
[[nodiscard]] std::vector<Place> places_of(const Panel& panel);

// Open days after `from` and up to `to`, both indices of days.
[[nodiscard]] int open_days_between(const std::vector<Place>& places, int from, int to);

}  // namespace beffroi::forecast
