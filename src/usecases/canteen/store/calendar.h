// The commune's calendar: school holidays by zone, local edits, events, strikes and closures.
#pragma once

#include <map>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "usecases/canteen/planning/calendar.h"
#include "usecases/canteen/planning/orders.h"
#include "usecases/canteen/planning/review.h"
#include "usecases/canteen/store/rows.h"
#include "usecases/canteen/store/sites.h"

namespace beffroi::canteen {

// Zone and weekdays of the settings, holidays of every zone, edits.
[[nodiscard]] Result<CalendarRules> calendar_rules(db::Database& commune);
// Replaces the edit of that day. Code::invalid_argument without a reason.
[[nodiscard]] Status edit_day(db::Database& commune, forecast::Day day, const CalendarEdit& edit, const By& by);
[[nodiscard]] Status forget_edit(db::Database& commune, forecast::Day day);

enum class EventKind { ramadan, feast, other };
struct StoredEvent {
  std::int64_t id = 0;
  PlannedEvent event;
  EventKind kind = EventKind::other;
};
[[nodiscard]] std::string_view word_of(EventKind kind);            // stable: "feast"
[[nodiscard]] std::optional<EventKind> event_kind(std::string_view word);
[[nodiscard]] std::string_view label_of(EventKind kind);           // French
[[nodiscard]] Result<std::vector<StoredEvent>> events(db::Database& commune);
[[nodiscard]] Status add_event(db::Database& commune, const StoredEvent& event, const By& by);
[[nodiscard]] Status forget_event(db::Database& commune, std::int64_t id);

// By day; closed canteens by their place in `sites`.
[[nodiscard]] Result<std::map<forecast::Day, Scenario>> scenarios(db::Database& commune, const std::vector<StoredSite>& sites);
// Replaces the scenario of that day. Code::invalid_argument without words, or a rate out of 0 to 1.
[[nodiscard]] Status save_scenario(db::Database& commune, forecast::Day day, const Scenario& scenario, const By& by);
[[nodiscard]] Status forget_scenario(db::Database& commune, forecast::Day day);

}  // namespace beffroi::canteen
