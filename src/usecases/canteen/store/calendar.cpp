#include "usecases/canteen/store/calendar.h"

#include <algorithm>
#include <array>

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::array kEventKinds = {EventKind::ramadan, EventKind::feast, EventKind::other};
constexpr std::size_t kMostWords = 300;  // bytes of a reason

Status checked(std::string_view words) {
  if (words.empty()) return fail(Code::invalid_argument, "Dites pourquoi, en quelques mots.");
  if (words.size() > kMostWords) return fail(Code::too_large, "La raison est trop longue\u00a0: quelques mots suffisent.");
  return {};
}

Status forget(db::Database& commune, std::string_view sql, Day day) {
  db::Statement remove = BEFFROI_TRY(commune.prepare(sql));
  return Row(remove).day(day).run();
}

}  // namespace

Result<CalendarRules> calendar_rules(db::Database& commune) {
  const Settings kept = BEFFROI_TRY(settings(commune));
  CalendarRules rules;
  rules.zone = kept.zone;
  rules.weekdays = kept.weekdays;
  db::Statement holidays =
      BEFFROI_TRY(commune.prepare("SELECT zone, title, first_day, last_day FROM canteen_holiday ORDER BY zone, first_day"));
  while (BEFFROI_TRY(holidays.step())) {
    rules.holidays.push_back(
        {std::string(holidays.text(0)), std::string(holidays.text(1)), BEFFROI_TRY(day_in(holidays, 2)), BEFFROI_TRY(day_in(holidays, 3))});
  }
  db::Statement edits = BEFFROI_TRY(commune.prepare("SELECT day, is_open, reason FROM canteen_calendar_edit ORDER BY day"));
  while (BEFFROI_TRY(edits.step())) rules.edits[BEFFROI_TRY(day_in(edits, 0))] = {edits.number(1) != 0, std::string(edits.text(2))};
  return rules;
}

Status edit_day(db::Database& commune, Day day, const CalendarEdit& edit, const By& by) {
  BEFFROI_CHECK(checked(edit.reason));
  db::Statement insert = BEFFROI_TRY(
      commune.prepare("INSERT INTO canteen_calendar_edit (day, is_open, reason, author, made_at, account) VALUES (?, ?, ?, ?, ?, ?) "
                      "ON CONFLICT (day) DO UPDATE SET is_open = excluded.is_open, reason = excluded.reason, author = excluded.author, "
                      "made_at = excluded.made_at, account = excluded.account"));
  return Row(insert).day(day).number(edit.open ? 1 : 0).text(edit.reason).text(by.author).number(by.at_ms).text(by.account).run();
}

Status forget_edit(db::Database& commune, Day day) { return forget(commune, "DELETE FROM canteen_calendar_edit WHERE day = ?", day); }

std::string_view word_of(EventKind kind) { return kind == EventKind::ramadan ? "ramadan" : kind == EventKind::feast ? "feast" : "other"; }

std::optional<EventKind> event_kind(std::string_view word) {
  for (const EventKind kind : kEventKinds) {
    if (word_of(kind) == word) return kind;
  }
  return std::nullopt;
}

std::string_view label_of(EventKind kind) {
  return kind == EventKind::ramadan ? "Ramadan" : kind == EventKind::feast ? "Aïd" : "autre événement";
}

Result<std::vector<StoredEvent>> events(db::Database& commune) {
  db::Statement rows =
      BEFFROI_TRY(commune.prepare("SELECT id, first_day, last_day, kind, words FROM canteen_event ORDER BY first_day, id"));
  std::vector<StoredEvent> out;
  while (BEFFROI_TRY(rows.step())) {
    StoredEvent event;
    event.id = rows.number(0);
    event.event = {BEFFROI_TRY(day_in(rows, 1)), BEFFROI_TRY(day_in(rows, 2)), std::string(rows.text(4))};
    event.kind = event_kind(rows.text(3)).value_or(EventKind::other);
    out.push_back(std::move(event));
  }
  return out;
}

Status add_event(db::Database& commune, const StoredEvent& event, const By& by) {
  BEFFROI_CHECK(checked(event.event.words));
  constexpr Day kLongest = 60;
  if (event.event.last < event.event.first || event.event.last - event.event.first > kLongest)
    return fail(Code::invalid_argument, "L’événement finit après son début, et dure soixante jours au plus.");
  db::Statement insert = BEFFROI_TRY(commune.prepare(
      "INSERT INTO canteen_event (first_day, last_day, kind, words, author, made_at, account) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  return Row(insert)
      .day(event.event.first)
      .day(event.event.last)
      .text(word_of(event.kind))
      .text(event.event.words)
      .text(by.author)
      .number(by.at_ms)
      .text(by.account)
      .run();
}

Status forget_event(db::Database& commune, std::int64_t id) {
  db::Statement remove = BEFFROI_TRY(commune.prepare("DELETE FROM canteen_event WHERE id = ?"));
  return Row(remove).number(id).run();
}

Result<std::map<Day, Scenario>> scenarios(db::Database& commune, const std::vector<StoredSite>& sites) {
  std::map<Day, Scenario> out;
  db::Statement rows = BEFFROI_TRY(commune.prepare("SELECT day, rate, words FROM canteen_scenario ORDER BY day"));
  while (BEFFROI_TRY(rows.step())) out[BEFFROI_TRY(day_in(rows, 0))] = {rows.real(1), {}, std::string(rows.text(2))};
  db::Statement closed = BEFFROI_TRY(commune.prepare("SELECT day, site FROM canteen_scenario_closed"));
  while (BEFFROI_TRY(closed.step())) {
    const auto of = out.find(BEFFROI_TRY(day_in(closed, 0)));
    const auto site = std::find_if(sites.begin(), sites.end(), [&](const StoredSite& each) { return each.id == closed.number(1); });
    if (of != out.end() && site != sites.end()) of->second.closed.insert(static_cast<std::size_t>(site - sites.begin()));
  }
  return out;
}

Status save_scenario(db::Database& commune, Day day, const Scenario& scenario, const By& by) {
  BEFFROI_CHECK(checked(scenario.words));
  if (!(scenario.rate >= 0 && scenario.rate <= 1))
    return fail(Code::invalid_argument, "La part attendue va de 0 à 100\u00a0% de la fréquentation d’un jour ordinaire.");
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  const auto all = BEFFROI_TRY(sites(commune));
  BEFFROI_CHECK(forget(commune, "DELETE FROM canteen_scenario_closed WHERE day = ?", day));
  db::Statement insert =
      BEFFROI_TRY(commune.prepare("INSERT INTO canteen_scenario (day, rate, words, author, made_at, account) VALUES (?, ?, ?, ?, ?, ?) "
                                  "ON CONFLICT (day) DO UPDATE SET rate = excluded.rate, words = excluded.words, author = excluded.author, "
                                  "made_at = excluded.made_at, account = excluded.account"));
  BEFFROI_CHECK(Row(insert).day(day).real(scenario.rate).text(scenario.words).text(by.author).number(by.at_ms).text(by.account).run());
  db::Statement closed = BEFFROI_TRY(commune.prepare("INSERT INTO canteen_scenario_closed (day, site) VALUES (?, ?)"));
  for (const std::size_t place : scenario.closed) {
    if (place < all.size()) BEFFROI_CHECK(Row(closed).day(day).number(all[place].id).run());
  }
  return transaction.commit();
}

Status forget_scenario(db::Database& commune, Day day) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  BEFFROI_CHECK(forget(commune, "DELETE FROM canteen_scenario_closed WHERE day = ?", day));
  BEFFROI_CHECK(forget(commune, "DELETE FROM canteen_scenario WHERE day = ?", day));
  return transaction.commit();
}

}  // namespace beffroi::canteen
