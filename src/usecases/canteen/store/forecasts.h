// Forecasts as they were issued, orders as they were decided, and what came of them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "usecases/canteen/plan.h"
#include "usecases/canteen/planning/review.h"
#include "usecases/canteen/store/attendance.h"

namespace beffroi::canteen {

struct Run {
  std::int64_t id = 0;
  By by;
  forecast::Day last_known = 0;      // counts after it were not looked at
  bool boosted = false;
};

struct Issued {
  Run run;                           // author left out
  forecast::Forecast forecast;
};

// All forecasts of one run, in one transaction. Its id.
[[nodiscard]] Result<std::int64_t> save_run(db::Database& commune, const Run& run, const std::vector<PlannedDay>& days,
                                            const std::vector<StoredSite>& sites);
[[nodiscard]] Result<std::optional<Run>> latest_run(db::Database& commune);

struct Window {
  forecast::Day from = 0, to = 0;    // both included
  int lead_days = 1;                 // forecasts that knew nothing later than so many days before the day forecast
};
// The latest forecast of each canteen and day.
[[nodiscard]] Result<std::map<SiteDay, Issued>> issued(db::Database& commune, const std::vector<StoredSite>& sites, const Window& window);

// What an agent decided to order. It always wins over what was proposed.
struct Decision {
  int meals = 0;
  std::optional<int> proposed;       // at that moment
  std::string reason;
  By by;
};
// Added after the decisions already taken. Code::invalid_argument without a reason, or for an absurd number.
[[nodiscard]] Status decide_order(db::Database& commune, std::int64_t site, forecast::Day day, const Decision& decision);
// The last decision of each canteen and day.
[[nodiscard]] Result<std::map<SiteDay, Decision>> decided(db::Database& commune, const std::vector<StoredSite>& sites,
                                                          const Window& window);
// Every decision about one canteen and day, the latest first.
[[nodiscard]] Result<std::vector<Decision>> decisions_about(db::Database& commune, std::int64_t site, forecast::Day day);

// Forecasts of the days served, beside the agents' figure: the decision, else what was imported as ordered. Days with a scenario are left
// out. The order proposed is that of the settings' level of service.
[[nodiscard]] Result<std::vector<Outcome>> outcomes(db::Database& commune, const Window& window);

}  // namespace beffroi::canteen
