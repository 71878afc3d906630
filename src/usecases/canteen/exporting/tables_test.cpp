#include "usecases/canteen/exporting/tables.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;
using beffroi::forecast::day_of;

TEST_CASE("the sheets of the review say months in words, and days as dates") {
  StoredSite sully;
  sully.name = {"Sully", "C001"};
  const auto sheets = review_sheets({{0, day_of({2026, 11, 5}), 98, 104, {}, 100}, {0, day_of({2026, 12, 1}), 98, 104, {}, 100}}, {sully});
  REQUIRE(sheets.size() == 3);
  CHECK(std::get<DayCell>(sheets[0].rows.at(0).at(2)).day == day_of({2026, 11, 5}));
  const Sheet& months = sheets[1];
  REQUIRE(months.rows.size() == 2);
  CHECK(std::get<std::string>(months.rows[0][0]) == "novembre 2026");
  CHECK(std::get<std::string>(months.rows[1][0]) == "décembre 2026");
  CHECK(std::get<std::string>(sheets[2].rows.at(0).at(0)) == "Sully");
}
