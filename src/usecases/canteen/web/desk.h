// What the planner's pages stand on. Everything here is called from several threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "forecast/boosting.h"
#include "forecast/dates.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/door.h"
#include "usecases/canteen/store/rows.h"
#include "usecases/canteen/web/tasks.h"

namespace beffroi::canteen {

struct Desk {
  std::function<pages::Surroundings(const people::Visitor&)> around;  // of the pages of one visitor
  std::function<std::int64_t()> now_ms;                               // milliseconds since 1970
  std::shared_ptr<const forecast::Boosting> boosting;                 // null: the linear model alone
  std::shared_ptr<Tasks> tasks;
};

// The civil day in the machine's time zone.
[[nodiscard]] forecast::Day today(const Desk& desk);
[[nodiscard]] By by(const Desk& desk, const people::Visitor& visitor);

// Everything under /cantines: reading needs the right see_canteens, changing plan_canteens.
void add_canteen_routes(http::Router& router, const std::shared_ptr<const people::Door>& door, const Desk& desk);

}  // namespace beffroi::canteen
