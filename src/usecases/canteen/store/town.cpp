// The forecaster's panel out of a commune's tables.
#include <algorithm>
#include <limits>

#include "usecases/canteen/menu_words.h"
#include "usecases/canteen/store/attendance.h"
#include "usecases/canteen/store/calendar.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Panel;

constexpr Day kFarthest = 400;             // days after today that a panel goes to
constexpr Day kWithoutCalendar = 70;       // the same when no holidays are known
constexpr Day kLongestPast = 366 * 20;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

int kind_number(SchoolKind kind) { return kind == SchoolKind::nursery ? 0 : kind == SchoolKind::elementary ? 1 : 2; }

class Loading {
 public:
  Loading(db::Database& commune, Day today, const Draft* draft) : commune_(commune), today_(today), draft_(draft) {}

  Result<Town> load() {
    town_.sites = BEFFROI_TRY(sites(commune_));
    town_.rules = BEFFROI_TRY(calendar_rules(commune_));
    town_.scenarios = BEFFROI_TRY(scenarios(commune_, town_.sites));
    recorded_ = BEFFROI_TRY(recorded_between(commune_, town_.sites, today_ - kLongestPast, today_ + kFarthest));
    add_sites();
    add_draft();
    measure_days();
    BEFFROI_CHECK(fill_days());
    fill_counts();
    close_unserved_past();
    BEFFROI_CHECK(fill_enrolment());
    town_.dataset.panel = std::make_shared<const Panel>(std::move(panel_));
    return std::move(town_);
  }

 private:
  void add_sites() {
    std::map<std::string, int> sectors;
    for (const StoredSite& site : town_.sites) {
      const int sector = sectors.emplace(site.sector, static_cast<int>(sectors.size())).first->second;
      panel_.sites.push_back({site.name.code, site.name.name, kind_number(site.name.kind), sector, {}});
    }
  }

  void add_draft() {
    if (draft_ == nullptr) return;
    for (const Place& place : draft_->places) {
      place_of_.push_back(place.known.value_or(panel_.sites.size()));
      if (!place.known) panel_.sites.push_back({place.created.code, place.created.name, kind_number(place.created.kind), 0, {}});
    }
    for (const Entry& entry : draft_->entries) recorded_[{place_of_[entry.place], entry.day}] = entry.meals;
    for (const HolidayEntry& entry : draft_->holidays) town_.rules.holidays.push_back(entry);
  }

  void measure_days() {
    for (const auto& [site_day, meals] : recorded_) {
      if (!meals.served) continue;
      if (!town_.first_known || site_day.second < *town_.first_known) town_.first_known = site_day.second;
      if (!town_.last_known || site_day.second > *town_.last_known) town_.last_known = site_day.second;
    }
    const auto end = calendar_end(town_.rules);
    panel_.first = std::min(town_.first_known.value_or(today_), today_);
    Day last = end && *end >= today_ ? std::min(*end, today_ + kFarthest) : today_ + kWithoutCalendar;
    last = std::max(last, town_.last_known.value_or(today_));
    panel_.days.resize(static_cast<std::size_t>(last - panel_.first + 1));
  }

  Status fill_days() {
    panel_.flags = menu_flag_list();
    for (std::size_t at = 0; at < panel_.days.size(); ++at) {
      const Day day = panel_.first + static_cast<Day>(at);
      const CalendarDay there = calendar_day(town_.rules, day);
      panel_.days[at].open = there.open;
      panel_.days[at].public_holiday = there.kind == DayKind::public_holiday;
      panel_.days[at].unusual = town_.scenarios.contains(day);
    }
    for (const StoredEvent& event : BEFFROI_TRY(events(commune_))) {
      for (Day day = event.event.first; day <= event.event.last; ++day) {
        if (!panel_.holds(day)) continue;
        forecast::DayFacts& facts = panel_.days[static_cast<std::size_t>(day - panel_.first)];
        facts.ramadan |= event.kind == EventKind::ramadan;
        facts.feast |= event.kind == EventKind::feast;
      }
    }
    const Day last = panel_.first + static_cast<Day>(panel_.days.size()) - 1;
    for (const auto& [day, dishes] : BEFFROI_TRY(dishes_between(commune_, panel_.first, last))) {
      for (const std::string& dish : dishes) panel_.days[static_cast<std::size_t>(day - panel_.first)].flags |= menu_flags(dish);
    }
    return {};
  }

  void fill_counts() {
    panel_.counts.assign(panel_.sites.size() * panel_.day_count(), kNone);
    town_.dataset.agents = panel_.counts;
    for (const auto& [site_day, meals] : recorded_) {
      if (!panel_.holds(site_day.second)) continue;
      const auto at = static_cast<std::size_t>(site_day.second - panel_.first);
      if (meals.served) panel_.count(site_day.first, at) = static_cast<float>(*meals.served);
      if (meals.ordered) town_.dataset.agents[site_day.first * panel_.day_count() + at] = static_cast<float>(*meals.ordered);
    }
  }

  // Before the first holidays known, the days without any meal were days off.
  void close_unserved_past() {
    if (!town_.last_known) return;
    std::optional<Day> begin;
    for (const HolidayEntry& entry : town_.rules.holidays) {
      if (entry.zone == town_.rules.zone && (!begin || entry.first < *begin)) begin = entry.first;
    }
    const Day end = std::min(begin.value_or(*town_.last_known + 1), *town_.last_known + 1);
    for (Day day = panel_.first; day < end; ++day) {
      const auto at = static_cast<std::size_t>(day - panel_.first);
      if (!panel_.days[at].open || town_.rules.edits.contains(day)) continue;
      bool served = false;
      for (std::size_t site = 0; site < panel_.sites.size() && !served; ++site) served = panel_.count(site, at) > 0;
      panel_.days[at].open = served;
    }
  }

  Status fill_enrolment() {
    db::Statement rows = BEFFROI_TRY(commune_.prepare("SELECT site, school_year, children FROM canteen_enrolment"));
    while (BEFFROI_TRY(rows.step())) {
      for (std::size_t place = 0; place < town_.sites.size(); ++place) {
        if (town_.sites[place].id != rows.number(0)) continue;
        panel_.sites[place].enrolment[static_cast<int>(rows.number(1))] = static_cast<double>(rows.number(2));
      }
    }
    if (draft_ == nullptr) return {};
    for (const EnrolmentEntry& entry : draft_->enrolment)
      panel_.sites[place_of_[entry.place]].enrolment[entry.school_year] = entry.children;
    return {};
  }

  db::Database& commune_;
  Day today_;
  const Draft* draft_;
  Town town_;
  Panel panel_;
  std::map<SiteDay, Recorded> recorded_;
  std::vector<std::size_t> place_of_;  // of the draft's places, in the panel
};

}  // namespace

Result<Town> load_town(db::Database& commune, Day today, const Draft* draft) { return Loading(commune, today, draft).load(); }

std::vector<DoneDay> done_days(const Town& town) {
  std::vector<DoneDay> out;
  if (!town.last_known) return out;
  const Panel& panel = *town.dataset.panel;
  for (Day day = *town.first_known; day <= *town.last_known; ++day) {
    if (!town.rules.weekdays.contains(forecast::weekday_of(day)) || town.scenarios.contains(day)) continue;
    const auto at = static_cast<std::size_t>(day - panel.first);
    std::size_t served = 0;
    for (std::size_t site = 0; site < panel.sites.size(); ++site) {
      served += panel.count(site, at) > 0 ? 1 : 0;
    }
    out.push_back({day, 2 * served > panel.sites.size()});
  }
  return out;
}

}  // namespace beffroi::canteen
