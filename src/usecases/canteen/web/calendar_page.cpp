// /cantines/calendrier: the days of a month, what closes them, local edits, events; the zone held against the days served.
#include <fmt/format.h>

#include "usecases/canteen/store/attendance.h"
#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

Day first_of_month(Day day) {
  const forecast::CivilDate date = forecast::civil_of(day);
  return forecast::day_of({date.year, date.month, 1});
}

Day next_month(Day first) { return first_of_month(first + 32); }

void write_doubts(Html& html, const Town& town, Day now) {
  std::vector<std::string> doubts;
  const auto end = calendar_end(town.rules);
  if (town.rules.zone.empty()) {  // said by zone_doubt
  } else if (!end) {
    doubts.push_back(
        fmt::format("Aucune vacance scolaire n’est connue pour la zone {}\u00a0: importez le calendrier du ministère.", town.rules.zone));
  } else if (*end < now + forecast::kMaxHorizonDays) {
    doubts.push_back(fmt::format("Les vacances connues s’arrêtent le {}\u00a0: importez le calendrier suivant.", day_words(*end)));
  }
  if (auto doubt = zone_doubt(town.rules, done_days(town)); !doubt.empty()) doubts.push_back(std::move(doubt));
  if (doubts.empty()) return;
  html.open("div", {{"class", "canteen-alarms"}}).open("ul");
  for (const std::string& doubt : doubts) html.element("li", doubt);
  html.close().close();
}

void write_lonely(Html& html, const CalendarRules& rules, Day now) {
  const auto lonely = lonely_days(rules, now, now + 365);
  if (lonely.empty()) return;
  html.element("h2", "Jours isolés à venir");
  html.element(
      "p",
      "Entre deux jours sans école, la fréquentation baisse souvent d’un dixième. Si la commune fait le pont, fermez le jour ci-dessous.");
  html.open("ul");
  for (const Day day : lonely) html.element("li", day_words(day));
  html.close();
}

std::string served_words(const Town& town, Day day) {
  const forecast::Panel& panel = *town.dataset.panel;
  if (!panel.holds(day) || !town.last_known || day > *town.last_known) return "";
  double sum = 0;
  for (std::size_t site = 0; site < panel.sites.size(); ++site) {
    const float count = panel.count(site, static_cast<std::size_t>(day - panel.first));
    sum += count > 0 ? count : 0;
  }
  return meals_words(sum);
}

void write_month(Html& html, const Call& call, const Town& town, Day first) {
  open_table(html, "tableau-mois", "Jours du lundi au vendredi");
  write_heads(html, {"Jour", "Cantines", "Raison", "Repas servis", "Décision locale"}, {3, 4});
  html.open("tbody");
  constexpr int kSaturday = 5;
  for (Day day = first; day < next_month(first); ++day) {
    if (forecast::weekday_of(day) >= kSaturday && !town.rules.edits.contains(day)) continue;
    const CalendarDay there = calendar_day(town.rules, day);
    html.open("tr").element("th", {{"scope", "row"}}, day_words(day));
    write_cell(html, there.open ? "ouvertes" : "fermées");
    write_cell(html, there.words);
    write_number(html, served_words(town, day));
    html.open("td");
    if (town.rules.edits.contains(day) && call.plans()) {
      open_form(html, call, "/cantines/calendrier", "form-cell");
      html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "oublier"}});
      html.single("input", {{"type", "hidden"}, {"name", "jour"}, {"value", forecast::to_iso(day)}});
      html.open("button", {{"class", "button button-quiet"}, {"type", "submit"}}).text("Retirer");
      html.element("span", {{"class", "visually-hidden"}}, " la décision du " + day_words(day)).close().close();
    }
    html.close().close();
  }
  html.close().close().close();
}

void write_edit_form(Html& html, const Call& call) {
  html.element("h2", "Ouvrir ou fermer un jour");
  open_form(html, call, "/cantines/calendrier");
  html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "jour"}});
  write_field(html, {"jour", "Jour", "date"});
  write_choice(html, {"ouvert", "Ce jour-là, les cantines sont", "", "non"}, {{"non", "fermées"}, {"oui", "ouvertes"}});
  write_field(html, {"raison", "Pourquoi", "text", "", "Par exemple\u00a0: pont décidé par la commune, rattrapage."});
  write_button(html, "Enregistrer ce jour");
  html.close();
}

void write_events(Html& html, const Call& call, const std::vector<StoredEvent>& all) {
  html.element("h2", "Événements");
  html.element("p", "Ramadan et Aïd entrent dans la prévision. Les autres sont rappelés à côté des commandes des jours concernés.");
  if (!all.empty()) {
    html.open("ul");
    for (const StoredEvent& event : all) {
      html.open("li").text(fmt::format("{} ({}), du {} au {}", event.event.words, label_of(event.kind), day_words(event.event.first),
                                       day_words(event.event.last)));
      if (call.plans()) {
        open_form(html, call, "/cantines/calendrier", "form-cell");
        html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "oublier-evenement"}});
        html.single("input", {{"type", "hidden"}, {"name", "evenement"}, {"value", std::to_string(event.id)}});
        html.open("button", {{"class", "button button-quiet"}, {"type", "submit"}}).text("Retirer");
        html.element("span", {{"class", "visually-hidden"}}, " " + event.event.words).close().close();
      }
      html.close();
    }
    html.close();
  }
  if (!call.plans()) return;
  open_form(html, call, "/cantines/calendrier");
  html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "evenement"}});
  write_field(html, {"nom", "Événement", "text"});
  write_choice(
      html, {"genre", "Genre", "", "other"},
      {{"other", "autre"}, {"feast", std::string(label_of(EventKind::feast))}, {"ramadan", std::string(label_of(EventKind::ramadan))}});
  write_field(html, {"debut", "Premier jour", "date"});
  write_field(html, {"fin", "Dernier jour", "date"});
  write_button(html, "Ajouter l’événement");
  html.close();
}

Status change(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const std::string_view action = form.value("action");
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const By who = by(call.desk, call.visitor);
  const auto written = [&](const std::string& object, const auto& act) {
    return recorded(call.desk, call.visitor, audit::Action::calendar_changed, object, act);
  };
  if (action == "jour") {
    const Day day = BEFFROI_TRY(day_in(form, "jour", "Jour"));
    const CalendarEdit edit{form.value("ouvert") == "oui", trimmed(form.value("raison"))};
    return written(object_of(day), [&] { return edit_day(commune, day, edit, who); });
  }
  if (action == "oublier") {
    const Day day = BEFFROI_TRY(day_in(form, "jour", "Jour"));
    return written(object_of(day), [&] { return forget_edit(commune, day); });
  }
  if (action == "evenement") {
    StoredEvent event;
    event.event = {BEFFROI_TRY(day_in(form, "debut", "Premier jour")), BEFFROI_TRY(day_in(form, "fin", "Dernier jour")),
                   trimmed(form.value("nom"))};
    event.kind = event_kind(form.value("genre")).value_or(EventKind::other);
    return written(object_of(event.event.first), [&] { return add_event(commune, event, who); });
  }
  if (action == "oublier-evenement") {
    const int event = BEFFROI_TRY(count_in(form, "evenement", "Événement"));
    return written(fmt::format("canteens:event:{}", event), [&] { return forget_event(commune, event); });
  }
  return fail(Code::invalid_argument, "Le formulaire envoyé n’est pas de cette page.");
}

}  // namespace

Result<http::Reply> show_calendar(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk), first = first_of_month(day_or(call.request.query, "mois", now));
  const Town town = BEFFROI_TRY(load_town(commune, now));
  const auto planned = BEFFROI_TRY(events(commune));
  return page(call, {"Calendrier", "/cantines/calendrier"}, [&](Html& html) {
    html.element("h1", "Calendrier des cantines");
    write_doubts(html, town, now);
    const forecast::CivilDate date = forecast::civil_of(first);
    html.open("form", {{"class", "form form-line"}, {"method", "get"}, {"action", "/cantines/calendrier"}});
    write_field(html, {.name = "mois", .label = "Mois de ce jour", .type = "date", .value = forecast::to_iso(first)});
    write_button(html, "Montrer", false);
    html.close();
    html.open("p", {{"class", "links"}});
    html.element("a", {{"href", "/cantines/calendrier?mois=" + forecast::to_iso(first - 1)}}, "Mois précédent").text(" ");
    html.element("a", {{"href", "/cantines/calendrier?mois=" + forecast::to_iso(next_month(first))}}, "Mois suivant").close();
    html.element("h2", fmt::format("{:02}/{}", date.month, date.year));
    write_month(html, call, town, first);
    if (call.plans()) write_edit_form(html, call);
    write_lonely(html, town.rules, now);
    write_events(html, call, planned);
  });
}

Result<http::Reply> change_calendar(const Call& call) {
  return after_form(call, change(call), "/cantines/calendrier?fait=calendrier", show_calendar);
}

}  // namespace beffroi::canteen
