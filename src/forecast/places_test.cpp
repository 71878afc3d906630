#include "forecast/places.h"

#include <doctest/doctest.h>

#include "forecast/testing/school_panel.h"

using namespace beffroi;
using namespace beffroi::forecast;

namespace {

const Place& place(const Panel& panel, const std::vector<Place>& places, const CivilDate& date) {
  return places[static_cast<std::size_t>(day_of(date) - panel.first)];
}

}  // namespace

TEST_CASE("a day is placed from the breaks around it and in its school year") {
  const auto panel = forecast::testing::school_panel(1, 0);
  const auto places = places_of(*panel);
  CHECK(place(*panel, places, {2014, 9, 1}).since_year == 0);
  CHECK(place(*panel, places, {2015, 3, 2}).since_break == 0);   // the first Monday after February's holidays
  CHECK(place(*panel, places, {2015, 2, 13}).to_break == 0);
  CHECK(place(*panel, places, {2015, 6, 30}).to_year == 0);
  CHECK(place(*panel, places, {2015, 6, 29}).to_year == 1);
  CHECK(place(*panel, places, {2014, 11, 4}).days_in_week == 4);
}

TEST_CASE("a day alone between two days off is told") {
  auto panel = forecast::testing::school_panel(1, 0);
  for (const int day : {4, 7}) panel->days[static_cast<std::size_t>(day_of({2014, 11, day}) - panel->first)].open = false;
  const auto places = places_of(*panel);
  const Place& alone = place(*panel, places, {2014, 11, 6});
  CHECK(alone.after_gap);
  CHECK(alone.before_gap);
  CHECK_FALSE(place(*panel, places, {2014, 11, 13}).after_gap);
}

TEST_CASE("like days: by rank at the edges of the school year, by date inside it, never later") {
  const auto panel = forecast::testing::school_panel(1, 0);
  const auto places = places_of(*panel);
  const auto index = [&](const CivilDate& date) { return day_of(date) - panel->first; };
  CHECK(place(*panel, places, {2016, 6, 30}).like == std::vector<std::int32_t>{index({2015, 6, 30}), index({2014, 6, 30})});
  CHECK(place(*panel, places, {2015, 11, 10}).like.front() == index({2014, 11, 11}));
  for (std::size_t at = 0; at < places.size(); ++at) {
    for (const int like : places[at].like) CHECK(like < static_cast<int>(at));
  }
}

// A calendar that stops at Christmas does not make Christmas the end of the school year.
TEST_CASE("the end of a school year that the calendar does not reach is unknown") {
  auto panel = forecast::testing::school_panel(1, 0);
  panel->days.resize(static_cast<std::size_t>(day_of({2015, 12, 19}) - panel->first));
  const auto places = places_of(*panel);
  const Place& last = place(*panel, places, {2015, 12, 18});
  CHECK(last.to_year == kUnknownPlace);
  CHECK(last.to_break == kUnknownPlace);
  CHECK_FALSE(last.before_gap);
}
