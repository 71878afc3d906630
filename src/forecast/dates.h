// Days of the civil (Gregorian) calendar as whole numbers, and the public holidays of France. Pure; years 1900 to 2200.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::forecast {

using Day = std::int32_t;  // days since 1970-01-01

struct CivilDate {
  int year = 1970;
  int month = 1;          // 1 to 12
  int day_of_month = 1;   // 1 to 31
};

[[nodiscard]] Day day_of(const CivilDate& date);
[[nodiscard]] CivilDate civil_of(Day day);
[[nodiscard]] int weekday_of(Day day);      // 0 Monday to 6 Sunday
[[nodiscard]] int day_of_year(Day day);     // 1 to 366
// The year in which the school year of that day begins: 1 September opens a new one.
[[nodiscard]] int school_year_of(Day day);

// « 2017-07-07 », nothing else: any other form, or a day that does not exist, is empty.
[[nodiscard]] std::optional<Day> parse_iso(std::string_view text);
[[nodiscard]] std::string to_iso(Day day);

[[nodiscard]] Day easter_sunday(int year);  // Meeus, Jones and Butcher's rule

struct Holiday {
  Day day = 0;
  std::string_view name;  // French
};
// The eleven public holidays of metropolitan France (Code du travail, article L3133-1), in order. Alsace-Moselle has two more, and
// each overseas department its own: a commune there adds them as local edits.
[[nodiscard]] std::vector<Holiday> public_holidays(int year);

}  // namespace beffroi::forecast
