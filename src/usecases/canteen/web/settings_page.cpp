// /cantines/reglages: the canteens, the zone of holidays, the days and the level of service.
#include <fmt/format.h>

#include <array>
#include <set>

#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

constexpr std::array<std::string_view, 7> kWeekdays = {"Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche"};

void write_town(Html& html, const Call& call, const Settings& kept, const CalendarRules& rules) {
  html.element("h2", "Réglages de la commune");
  if (!call.plans()) {
    html.element("p", fmt::format("Zone {}, {} des jours couverts.", kept.zone, share_words(kept.service, 0)));
    return;
  }
  open_form(html, call, "/cantines/reglages");
  html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "commune"}});
  std::set<std::string> zones = {"A", "B", "C"};
  for (const HolidayEntry& entry : rules.holidays) zones.insert(entry.zone);
  std::vector<Choice> choices = {{"", "à choisir"}};
  for (const std::string& zone : zones) choices.push_back({zone, zone});
  write_choice(html, {"zone", "Zone de vacances scolaires", "", kept.zone}, choices);
  html.open("fieldset").element("legend", "Jours de service");
  for (std::size_t weekday = 0; weekday < kWeekdays.size(); ++weekday) {
    const std::string id = fmt::format("jour-{}", weekday);
    html.open("div", {{"class", "choice"}});
    html.single("input", {{"type", "checkbox"},
                          {"id", id},
                          {"name", id},
                          {"value", "oui"},
                          flag("checked", kept.weekdays.contains(static_cast<int>(weekday)))});
    html.element("label", {{"for", id}}, kWeekdays.at(weekday)).close();
  }
  html.close();
  write_field(html, {.name = "couvrir",
                     .label = "Part des jours que la commande doit couvrir, en %",
                     .type = "number",
                     .value = fmt::format("{:.0f}", 100 * kept.service),
                     .hint = "De 50 à 95. 80 est ce que font d’ordinaire les agents. Plus haut, moins de manque et plus de repas jetés."});
  write_field(html, {.name = "delai",
                     .label = "Jours avant le service où la commande part",
                     .type = "number",
                     .value = std::to_string(kept.lead_days),
                     .hint = "Le bilan juge la prévision qui valait à ce moment."});
  write_button(html, "Enregistrer les réglages");
  html.close();
}

void write_sites(Html& html, const Call& call, const std::vector<StoredSite>& all) {
  html.element("h2", "Cantines");
  if (all.empty()) {
    html.element("p", "Aucune\u00a0: l’import d’un fichier de fréquentation les crée.");
    return;
  }
  if (call.plans()) {
    open_form(html, call, "/cantines/reglages");
    html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "cantines"}});
  }
  open_table(html, "tableau-sites", "Une cantine fermée pour de bon n’est plus prévue\u00a0; son passé est gardé");
  write_heads(html, {"Code", "Nom", "Type", "Secteur", "Fermée pour de bon"});
  html.open("tbody");
  for (const StoredSite& site : all) {
    const std::string id = std::to_string(site.id);
    html.open("tr").element("th", {{"scope", "row"}}, site.name.code);
    if (!call.plans()) {
      write_cell(html, site.name.name), write_cell(html, word_of(site.name.kind)), write_cell(html, site.sector);
      write_cell(html, site.closed ? "oui" : "non");
      html.close();
      continue;
    }
    const auto input = [&](const char* what, std::string_view label, std::string_view value) {
      html.open("td");
      html.single(
          "input",
          {{"type", "text"}, {"name", what + id}, {"value", value}, {"aria-label", fmt::format("{} de {}", label, site.name.name)}});
      html.close();
    };
    input("nom-", "Nom", site.name.name);
    input("type-", "Type (M, E ou M/E)", word_of(site.name.kind));
    input("secteur-", "Secteur", site.sector);
    html.open("td");
    html.single("input", {{"type", "checkbox"},
                          {"name", "fermee-" + id},
                          {"value", "oui"},
                          {"aria-label", "Fermée pour de bon\u00a0: " + site.name.name},
                          flag("checked", site.closed)});
    html.close().close();
  }
  html.close().close().close();
  if (!call.plans()) return;
  write_button(html, "Enregistrer les cantines");
  html.close();
}

Status change_sites(const http::Parameters& form, db::Database& commune) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  for (StoredSite site : BEFFROI_TRY(sites(commune))) {
    const std::string id = std::to_string(site.id);
    const std::string name = trimmed(form.value("nom-" + id));
    if (form.find("nom-" + id) == nullptr) continue;
    if (name.empty()) return fail(Code::invalid_argument, fmt::format("La cantine {} doit avoir un nom.", site.name.code));
    site.name.name = name;
    site.name.kind = school_kind(form.value("type-" + id));
    site.sector = trimmed(form.value("secteur-" + id));
    site.closed = form.find("fermee-" + id) != nullptr;
    BEFFROI_CHECK(change_site(commune, site));
  }
  return transaction.commit();
}

Status change(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  if (form.value("action") == "cantines") return change_sites(form, commune);
  Settings kept;
  kept.zone = trimmed(form.value("zone"));
  kept.weekdays.clear();
  for (int weekday = 0; weekday < 7; ++weekday) {
    if (form.find(fmt::format("jour-{}", weekday)) != nullptr) kept.weekdays.insert(weekday);
  }
  kept.service = BEFFROI_TRY(count_in(form, "couvrir", "Part des jours à couvrir")) / 100.0;
  kept.lead_days = BEFFROI_TRY(count_in(form, "delai", "Délai de commande"));
  return save_settings(commune, kept);
}

}  // namespace

Result<http::Reply> show_settings(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Settings kept = BEFFROI_TRY(settings(commune));
  const CalendarRules rules = BEFFROI_TRY(calendar_rules(commune));
  const auto all = BEFFROI_TRY(sites(commune));
  return page(call, {"Cantines et réglages", "/cantines/reglages"}, [&](Html& html) {
    html.element("h1", "Cantines et réglages");
    write_town(html, call, kept, rules);
    write_sites(html, call, all);
  });
}

Result<http::Reply> change_settings(const Call& call) {
  const Status changed = recorded(call.desk, call.visitor, audit::Action::setting_changed, "canteens", [&] { return change(call); });
  return after_form(call, changed, "/cantines/reglages?fait=reglages", show_settings);
}

}  // namespace beffroi::canteen
