// The canteens of a commune, and what it decided once for all.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "usecases/canteen/importing/spellings.h"

namespace beffroi::canteen {

struct StoredSite {
  std::int64_t id = 0;
  SiteName name;
  std::string sector;
  bool closed = false;               // serves no more: not forecast
};

// In the order of their ids: everywhere else a canteen is known by its place in this list.
[[nodiscard]] Result<std::vector<StoredSite>> sites(db::Database& commune);
// Its id. A code is made when there is none (« C001 »).
[[nodiscard]] Result<std::int64_t> add_site(db::Database& commune, const SiteName& name);
// Name, kind, sector, closed; the code stays. Code::not_found.
[[nodiscard]] Status change_site(db::Database& commune, const StoredSite& site);

struct Settings {
  std::string zone;                          // of school holidays; empty: not yet told
  std::set<int> weekdays = {0, 1, 3, 4};     // of service
  double service = 0.8;                      // share of days that orders cover
  int lead_days = 1;                         // errors are measured on the forecast that stood so many days before
};
[[nodiscard]] Result<Settings> settings(db::Database& commune);
// Code::invalid_argument out of range: service 0.5 to 0.95, lead 1 to 70, one weekday at least.
[[nodiscard]] Status save_settings(db::Database& commune, const Settings& settings);

}  // namespace beffroi::canteen
