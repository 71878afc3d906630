// A folder of files about a town's canteens, read whole into a panel (docs/canteen.md has the columns):
//
//   sites.csv        site_id, site, type (M nursery, E elementary, M/E both), sector
//   attendance.csv   site_id, date, served, agents     empty: not recorded; 0: closed
//   calendar.csv     date, school_day, holiday, public_holiday, strike, ramadan, aid; calendar_future.csv: the days after it
//   enrolment.csv, menus.csv, strikes.csv, scored_site_days.csv   each may be absent
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "forecast/panel.h"

namespace beffroi::canteen {

inline constexpr float kMostMeals = 5000;  // of one canteen on one day: beyond, the file is wrong

struct Dataset {
  std::shared_ptr<const forecast::Panel> panel;
  std::vector<float> agents;                               // as Panel::counts: what the agents had ordered; NaN unknown
  std::vector<std::pair<std::size_t, forecast::Day>> scored;  // sites and days of scored_site_days.csv, in its order
};

// Refuses the whole folder for a row it does not understand: unknown canteen, date that is not ISO, count that is negative or absurd, two
// different counts for one canteen and day, day outside the calendar. The error names the file and the line.
[[nodiscard]] Result<Dataset> read_dataset(const std::filesystem::path& folder);

}  // namespace beffroi::canteen
