// What looks wrong in a town's files though each row can be read: told before anything is forecast from them, corrected by a person.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "usecases/canteen/dataset.h"

namespace beffroi::canteen {

enum class Doubt {
  calendar_says_closed,   // more than half of the canteens served on a day that the calendar closes: wrong zone, local change
  calendar_says_open,     // nobody served on a day that the calendar opens, though the days around are recorded
  more_than_enrolled,     // beyond the children enrolled and a tenth more, for adults; one a school year
  far_from_usual,         // more than twice, or less than a fifth of, the median of the 20 days before
  weeks_missing,          // five open days or more in a row without a record
  opens_late,             // first record 40 open days or more after the town's
  closes_early,           // last record 40 open days or more before the town's
  merged,                 // no record for 5 open days, and another rises by half its level (and, before 40 days, 15 % of its own)
};

struct Finding {
  Doubt doubt = Doubt::far_from_usual;
  std::optional<std::size_t> site;   // empty: the whole town
  forecast::Day from = 0;
  forecast::Day until = 0;           // the last day concerned
  std::string sentence;              // French, with the canteen, the day and the figures
};

// By kind, then by day. Strike days are never doubted. Pure.
[[nodiscard]] std::vector<Finding> findings_of(const Dataset& dataset);

}  // namespace beffroi::canteen
