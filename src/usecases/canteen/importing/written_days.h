// Days as foreign files write them. ISO days are what they say; « 04/09/2017 » may be the 4th of September or the 9th of April, and is never
// guessed: what is possible is told, with what speaks for it, and the planner answers.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "forecast/dates.h"

namespace beffroi::canteen {

enum class DayForm {
  iso,  // 2017-09-04, 20170904, either with a time after it
  day_first,  // 04/09/2017, 4-9-2017, 04.09.2017
  month_first,  // 09/04/2017
};
[[nodiscard]] std::string_view label_of(DayForm form);  // « jour/mois/année »
[[nodiscard]] std::string_view word_of(DayForm form);  // stable: "day_first"
[[nodiscard]] std::optional<DayForm> day_form(std::string_view word);

// Empty when it is not a day in that form. A time after the day is passed over, unless it is midnight of France told in universal time
// (« 2017-10-20T22:00:00+00:00 », as the ministry writes): that is the day after. Years have four digits.
[[nodiscard]] std::optional<forecast::Day> read_day(std::string_view text, DayForm form);

struct DayForms {
  std::vector<DayForm> possible;  // the forms in which every value is a day; empty when none is
  std::optional<DayForm> answer;  // when there is no question: ISO
  DayForm proposed = DayForm::iso;  // the likeliest of the possible ones; else the one that reads most values
  std::string evidence;  // French; empty without a question
};
// Of the values of a column; empty ones are passed over.
[[nodiscard]] DayForms forms_of(std::span<const std::string_view> values);

}  // namespace beffroi::canteen
