// What a commune takes away: orders by canteen and day, and the review, as sheets.
#pragma once

#include <vector>

#include "usecases/canteen/exporting/sheet.h"
#include "usecases/canteen/store/planned.h"

namespace beffroi::canteen {

// A line a canteen and day: expected, proposed, decided, its reason, served; a second sheet with the order as a grid.
[[nodiscard]] std::vector<Sheet> orders_sheets(const PlannedWindow& window, double service);
// A line a canteen and day served: forecast, proposal and the agents' figure beside what was served; by month; by canteen.
[[nodiscard]] std::vector<Sheet> review_sheets(const std::vector<Outcome>& outcomes, const std::vector<StoredSite>& sites);

}  // namespace beffroi::canteen
