// Meals served and ordered, guests, children enrolled and dishes; the forecaster's panel made of them.
#pragma once

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "usecases/canteen/dataset.h"
#include "usecases/canteen/importing/draft.h"
#include "usecases/canteen/planning/calendar.h"
#include "usecases/canteen/planning/orders.h"
#include "usecases/canteen/store/rows.h"
#include "usecases/canteen/store/sites.h"

namespace beffroi::canteen {

using SiteDay = std::pair<std::size_t, forecast::Day>;  // a canteen by its place in sites(), a day

// What is recorded from one day to another, both included.
[[nodiscard]] Result<std::map<SiteDay, Recorded>> recorded_between(db::Database& commune, const std::vector<StoredSite>& sites,
                                                                   forecast::Day from, forecast::Day to);
// By category of guests, of one canteen and day.
[[nodiscard]] Result<std::vector<Guests>> guests_of(db::Database& commune, std::int64_t site, forecast::Day day);
// Dishes of the days from one to another.
[[nodiscard]] Result<std::map<forecast::Day, std::vector<std::string>>> dishes_between(db::Database& commune, forecast::Day from,
                                                                                       forecast::Day to);

struct ServedMeals {
  std::int64_t site = 0;
  forecast::Day day = 0;
  int meals = 0;                     // 0: closed that day
};
// All or none. Code::invalid_argument for a count that is negative or absurd.
[[nodiscard]] Status record_served(db::Database& commune, const std::vector<ServedMeals>& meals);

struct Town {
  Dataset dataset;                   // sites in the order of `sites`, those a draft would create after them
  std::vector<StoredSite> sites;
  CalendarRules rules;
  std::map<forecast::Day, Scenario> scenarios;
  std::optional<forecast::Day> first_known, last_known;  // days with a count; empty when nothing is recorded
};
// Everything a forecast is made from. With a draft, as if it were imported. The past before the holidays known is open on the days served.
[[nodiscard]] Result<Town> load_town(db::Database& commune, forecast::Day today, const Draft* draft = nullptr);

// Days of service of the past and whether most canteens served: what a calendar is held against.
[[nodiscard]] std::vector<DoneDay> done_days(const Town& town);

}  // namespace beffroi::canteen
