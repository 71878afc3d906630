#include "usecases/canteen/planning/calendar.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;
using beffroi::forecast::Day;
using beffroi::forecast::day_of;

namespace {

CalendarRules rules() {
  CalendarRules rules;
  rules.zone = "B";
  rules.holidays = {{"A", "Vacances d’hiver", day_of({2018, 2, 10}), day_of({2018, 2, 25})},
                    {"B", "Vacances d’hiver", day_of({2018, 2, 24}), day_of({2018, 3, 11})},
                    {"A", "Vacances d’été", day_of({2018, 7, 7}), day_of({2018, 9, 2})},
                    {"B", "Vacances d’été", day_of({2018, 7, 7}), day_of({2018, 9, 2})}};
  return rules;
}

// What was done in the first months of 2018 by a town of that zone.
std::vector<DoneDay> done(const std::string& zone) {
  CalendarRules of = rules();
  of.zone = zone;
  std::vector<DoneDay> out;
  for (Day day = day_of({2018, 1, 8}); day < day_of({2018, 4, 30}); ++day) {
    if (of.weekdays.contains(beffroi::forecast::weekday_of(day))) out.push_back({day, calendar_day(of, day).open});
  }
  return out;
}

}  // namespace

TEST_CASE("holidays of the zone, public holidays, the bridge of Ascension and weekdays close; edits win") {
  CalendarRules of = rules();
  CHECK(calendar_day(of, day_of({2018, 2, 23})).open);
  CHECK(calendar_day(of, day_of({2018, 2, 26})).words == "Vacances d’hiver");
  CHECK(calendar_day(of, day_of({2018, 4, 2})).kind == DayKind::public_holiday);
  CHECK(calendar_day(of, day_of({2018, 5, 11})).kind == DayKind::bridge);
  CHECK(calendar_day(of, day_of({2018, 4, 4})).kind == DayKind::no_service);  // a Wednesday
  of.edits[day_of({2018, 5, 7})] = {false, "pont décidé par la ville"};
  of.edits[day_of({2018, 4, 4})] = {true, "rattrapage"};
  CHECK(calendar_day(of, day_of({2018, 5, 7})).words == "pont décidé par la ville");
  CHECK(calendar_day(of, day_of({2018, 4, 4})).open);
  CHECK(calendar_end(of) == day_of({2018, 9, 2}));
}

TEST_CASE("a Monday before a public holiday is alone") {
  const auto lonely = lonely_days(rules(), day_of({2018, 4, 20}), day_of({2018, 5, 31}));
  CHECK(lonely == std::vector{day_of({2018, 4, 30}), day_of({2018, 5, 7})});  // before 1 and 8 May, both Tuesdays
}

TEST_CASE("the days served tell a wrong zone") {
  CHECK(fit_zones(rules(), done("A")).front().zone == "A");
  CHECK(zone_doubt(rules(), done("A")).find("zone A (0 désaccord)") != std::string::npos);
  CHECK(zone_doubt(rules(), done("B")).empty());
}

TEST_CASE("a zone that is not chosen is told, with what cannot be told without it") {
  CalendarRules without = rules();
  without.zone.clear();
  const std::string told = zone_doubt(without, done("B"));
  CHECK(told.find("n’est pas choisie") != std::string::npos);
  CHECK(told.find("ne peuvent pas être signalés") != std::string::npos);
}
