// What the planner's pages stand on. Everything here is called from several threads at once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "audit/recorded.h"
#include "base/clock.h"
#include "compliance/who.h"
#include "forecast/dates.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/door.h"
#include "usecases/canteen/store/rows.h"

namespace beffroi::canteen {

struct Desk {
  std::function<pages::Surroundings(const people::Visitor&)> around;  // of the pages of one visitor
  Clock now_ms;
  std::shared_ptr<audit::Journal> journal;                            // not null: whatever changes or leaves is written first
  std::function<void()> wake;                                         // whoever does the jobs (forecast_job.h); may be empty
};

// The civil day in the machine's time zone.
[[nodiscard]] forecast::Day today(const Desk& desk);
[[nodiscard]] By by(const Desk& desk, const people::Visitor& visitor);
// What somebody does with the canteens' data, written in the commune's journal before it is done.
template <class Act>
[[nodiscard]] auto recorded(const Desk& desk, const people::Visitor& visitor, audit::Action action, std::string object, const Act& act) {
  return audit::recorded(*desk.journal, visitor.tenant, compliance::entry_of(visitor, action, std::move(object)), act);
}

// Everything under /cantines: reading needs the right see_canteens, changing plan_canteens.
void add_canteen_routes(http::Router& router, const std::shared_ptr<const people::Door>& door, const Desk& desk);

}  // namespace beffroi::canteen
