#include "forecast/dates.h"

#include <doctest/doctest.h>

using namespace beffroi::forecast;

TEST_CASE("days go to dates and back, leap years and centuries included") {
  CHECK(day_of({1970, 1, 1}) == 0);
  CHECK(to_iso(day_of({2000, 2, 29})) == "2000-02-29");
  CHECK(weekday_of(day_of({2017, 7, 7})) == 4);
  CHECK(weekday_of(day_of({1969, 12, 29})) == 0);
  CHECK(day_of_year(day_of({2016, 12, 31})) == 366);
  CHECK(school_year_of(day_of({2017, 8, 31})) == 2016);
  CHECK(school_year_of(day_of({2017, 9, 1})) == 2017);
}

TEST_CASE("only an ISO date of a day that exists is read") {
  CHECK(parse_iso("2017-07-07") == day_of({2017, 7, 7}));
  for (const char* wrong :
       {"07/07/2017", "2017-7-7", "2017-02-29", "2017-13-01", "2017-00-10", "", "2017-07-07 ", "2o17-07-07", "0017-07-07"})
    CHECK_FALSE(parse_iso(wrong).has_value());
}

TEST_CASE("Easter and the feasts that follow it") {
  CHECK(to_iso(easter_sunday(2016)) == "2016-03-27");
  CHECK(to_iso(easter_sunday(2019)) == "2019-04-21");
  CHECK(to_iso(easter_sunday(2038)) == "2038-04-25");  // the latest there is
  const auto holidays = public_holidays(2008);         // Ascension on 1 May
  REQUIRE(holidays.size() == 11);
  for (std::size_t at = 1; at < holidays.size(); ++at) CHECK(holidays[at - 1].day <= holidays[at].day);
  CHECK(holidays[2].day == holidays[3].day);
  CHECK(to_iso(public_holidays(2017)[5].day) == "2017-06-05");
  CHECK(public_holidays(2017)[5].name == "Lundi de Pentecôte");
}
