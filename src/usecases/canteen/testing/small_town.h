// For tests only: a commune of three canteens with a year of attendance known by a rule, in a database of its own.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "db/testing.h"
#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/store/imports.h"
#include "usecases/canteen/store/tables.h"

namespace beffroi::canteen::testing {

inline constexpr std::string_view kHolidays =
    "Description;Population;Date de début;Date de fin;Zones\n"
    "Vacances de la Toussaint;-;2017-10-21;2017-11-06;Zone B\n"
    "Vacances de Noël;-;2017-12-23;2018-01-08;Zone B\n"
    "Vacances d'hiver;-;2018-02-24;2018-03-12;Zone B\n"
    "Vacances de printemps;-;2018-04-25;2018-05-07;Zone B\n"
    "Vacances d'été;-;2018-07-07;2018-09-03;Zone B\n"
    "Vacances d'hiver;-;2018-02-10;2018-02-26;Zone A\n"
    "Vacances d'été;-;2018-07-07;2018-09-03;Zone A\n";

inline CalendarRules zone_b() {
  CalendarRules rules;
  rules.zone = "B";
  rules.holidays = draft_of(parse_csv(kHolidays).value(), {}, {}).holidays;
  return rules;
}

// Three canteens, from September 2017 to that day: 120, 80 and 40 meals, fewer on Mondays, agents order 8 more.
inline std::string attendance_csv(forecast::Day last) {
  const CalendarRules rules = zone_b();
  std::string out = "date;cantine;type;servis;commandes\n";
  unsigned state = 3;
  for (forecast::Day day = forecast::day_of({2017, 9, 4}); day <= last; ++day) {
    if (!calendar_day(rules, day).open) continue;
    int level = 120;
    for (const char* row : {"Sully;E", "Molière;M", "Le Baut;M/E"}) {
      state = state * 1664525U + 1013904223U;
      const int wave = static_cast<int>(state >> 16 & 7U) - 3;
      const int served = level - (forecast::weekday_of(day) == 0 ? level / 10 : 0) + wave;
      out += forecast::to_iso(day) + ";" + row + ";" + std::to_string(served) + ";" + std::to_string(level + 8) + "\n";
      level -= 40;
    }
  }
  return out;
}

inline By someone(std::int64_t at_ms = 1'500'000'000'000) { return {"Camille Martin", at_ms}; }

inline Result<std::string> import_text(db::Database& commune, std::string_view csv, forecast::Day today, const Answers& answers = {}) {
  return import_table(commune, BEFFROI_TRY(parse_csv(csv)), answers, {"repas.csv", 0, today, someone()});
}

// Holidays, zone and attendance up to the eve of `today`.
inline void fill(db::Database& commune, forecast::Day today) {
  REQUIRE(import_text(commune, kHolidays, today));
  Settings kept;
  kept.zone = "B";
  REQUIRE(save_settings(commune, kept));
  const auto imported = import_text(commune, attendance_csv(today - 1), today);
  if (!imported) MESSAGE(imported.error().message);
  REQUIRE(imported);
}

}  // namespace beffroi::canteen::testing
