#include "usecases/canteen/importing/written_days.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;
using beffroi::forecast::day_of;

namespace {
DayForms forms(std::vector<std::string_view> values) { return forms_of(values); }
}  // namespace

TEST_CASE("ISO days are taken as they are, with or without a time") {
  CHECK(read_day("2017-09-04", DayForm::iso) == day_of({2017, 9, 4}));
  CHECK(read_day(" 2017-09-04 00:00:00", DayForm::iso) == day_of({2017, 9, 4}));
  CHECK(read_day("20170904", DayForm::iso) == day_of({2017, 9, 4}));
  CHECK_FALSE(read_day("2017-02-30", DayForm::iso).has_value());
  CHECK_FALSE(read_day("2017-09-04x", DayForm::iso).has_value());
  CHECK(forms({"2017-09-04", "", "2017-09-05"}).answer == DayForm::iso);
}

TEST_CASE("midnight of France told in universal time is the day after") {
  CHECK(read_day("2017-10-20T22:00:00+00:00", DayForm::iso) == day_of({2017, 10, 21}));
  CHECK(read_day("2017-12-22T23:00:00Z", DayForm::iso) == day_of({2017, 12, 23}));
  CHECK(read_day("2017-10-21T00:00:00+02:00", DayForm::iso) == day_of({2017, 10, 21}));
}

TEST_CASE("a day that may be a month is asked, with what speaks for each reading") {
  const DayForms both = forms({"04/09/2017", "05/09/2017", "07/09/2017"});
  CHECK_FALSE(both.answer.has_value());
  CHECK(both.possible == std::vector{DayForm::day_first, DayForm::month_first});
  CHECK(both.proposed == DayForm::day_first);  // Monday, Tuesday, Thursday against the 9th of April, May and July
  CHECK(both.evidence.find("100\u00a0%") != std::string::npos);
}

TEST_CASE("one possible reading is proposed, and still asked") {
  const DayForms one = forms({"04/09/2017", "25/09/2017"});
  CHECK_FALSE(one.answer.has_value());
  CHECK(one.possible == std::vector{DayForm::day_first});
}

TEST_CASE("days that cannot all be read are not read at all") {
  CHECK(forms({"04/09/2017", "hier"}).possible.empty());
  CHECK(forms({"04/09/17"}).possible.empty());        // two digits of a year
  CHECK(forms({"04/09/2017", "2017-09-05"}).possible.empty());
  CHECK(forms({}).possible.empty());
  CHECK_FALSE(read_day("04/09-2017", DayForm::day_first).has_value());
  CHECK_FALSE(read_day("04/09/2017 matin", DayForm::day_first).has_value());
}
