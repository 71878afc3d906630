#include "usecases/canteen/planning/calendar.h"

#include <fmt/format.h>

#include <algorithm>

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kAscension = 39;        // days after Easter Sunday
constexpr std::size_t kFewDisagreements = 3;

const HolidayEntry* holiday_on(const std::vector<HolidayEntry>& holidays, const std::string& zone, Day day) {
  for (const HolidayEntry& entry : holidays) {
    if (entry.zone == zone && entry.first <= day && day <= entry.last) return &entry;
  }
  return nullptr;
}

bool is_service_day(const CalendarRules& rules, Day day) { return rules.weekdays.contains(forecast::weekday_of(day)); }

}  // namespace

CalendarDay calendar_day(const CalendarRules& rules, Day day) {
  if (const auto edit = rules.edits.find(day); edit != rules.edits.end())
    return {edit->second.open, edit->second.open ? DayKind::edited_open : DayKind::edited_closed, edit->second.reason};
  const int year = forecast::civil_of(day).year;
  for (const forecast::Holiday& holiday : forecast::public_holidays(year)) {
    if (holiday.day == day) return {false, DayKind::public_holiday, std::string(holiday.name)};
  }
  if (!is_service_day(rules, day)) return {false, DayKind::no_service, "pas de service ce jour de la semaine"};
  if (const HolidayEntry* entry = holiday_on(rules.holidays, rules.zone, day)) return {false, DayKind::holidays, entry->title};
  if (day == forecast::easter_sunday(year) + kAscension + 1) return {false, DayKind::bridge, "Pont de l’Ascension"};
  return {true, DayKind::served, {}};
}

std::optional<Day> calendar_end(const CalendarRules& rules) {
  std::optional<Day> end;
  for (const HolidayEntry& entry : rules.holidays) {
    if (entry.zone == rules.zone && (!end || entry.last > *end)) end = entry.last;
  }
  return end;
}

std::vector<Day> lonely_days(const CalendarRules& rules, Day from, Day to) {
  constexpr int kSaturday = 5;
  const auto off = [&](Day day) {  // a Wednesday without service is no day off: families are used to it
    if (forecast::weekday_of(day) >= kSaturday) return true;
    const CalendarDay there = calendar_day(rules, day);
    return !there.open && there.kind != DayKind::no_service;
  };
  std::vector<Day> out;
  for (Day day = from; day <= to; ++day) {
    if (calendar_day(rules, day).open && off(day - 1) && off(day + 1)) out.push_back(day);
  }
  return out;
}

std::vector<ZoneFit> fit_zones(const CalendarRules& rules, const std::vector<DoneDay>& done) {
  std::map<std::string, std::pair<Day, Day>> reach;
  for (const HolidayEntry& entry : rules.holidays) {
    const auto [found, added] = reach.emplace(entry.zone, std::pair(entry.first, entry.last));
    if (added) continue;
    found->second.first = std::min(found->second.first, entry.first);
    found->second.second = std::max(found->second.second, entry.last);
  }
  std::vector<ZoneFit> out;
  for (const auto& [zone, bounds] : reach) {
    CalendarRules other = rules;
    other.zone = zone;
    other.edits.clear();
    ZoneFit fit{zone, 0, 0};
    for (const DoneDay& each : done) {
      if (each.day < bounds.first || each.day > bounds.second) continue;
      const CalendarDay there = calendar_day(other, each.day);
      if (each.served && there.kind == DayKind::holidays) ++fit.served_in_holidays;
      if (!each.served && there.open) ++fit.closed_in_term;
    }
    out.push_back(fit);
  }
  std::stable_sort(out.begin(), out.end(), [](const ZoneFit& a, const ZoneFit& b) { return a.disagreements() < b.disagreements(); });
  return out;
}

std::string zone_doubt(const CalendarRules& rules, const std::vector<DoneDay>& done) {
  if (rules.zone.empty()) {
    return "La zone de vacances de la commune n’est pas choisie (Cantines et réglages)\u00a0: sans elle, un jour sans repas passe pour un "
           "jour sans école, et les jours ou semaines qui manquent ne peuvent pas être signalés.";
  }
  const auto fits = fit_zones(rules, done);
  const auto own = std::find_if(fits.begin(), fits.end(), [&](const ZoneFit& fit) { return fit.zone == rules.zone; });
  if (own == fits.end() || own->disagreements() < fits.front().disagreements() + kFewDisagreements) return {};
  return fmt::format(
      "Les jours servis suivent mieux la zone {} ({} désaccord{}) que la zone {} choisie ({})\u00a0: vérifiez la zone, ou notez "
      "les décisions locales.",
      fits.front().zone, fits.front().disagreements(), fits.front().disagreements() > 1 ? "s" : "", own->zone, own->disagreements());
}

}  // namespace beffroi::canteen
