// /cantines/greves: days of strike or closure, entered by hand: which canteens close, what share of the usual meals is expected elsewhere.
#include <fmt/format.h>

#include "usecases/canteen/store/calendar.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

void write_list(Html& html, const Call& call, const std::map<Day, Scenario>& all, Day now) {
  html.element("h2", "Jours enregistrés");
  if (all.empty()) {
    html.element("p", "Aucun.");
    return;
  }
  open_table(html, "tableau-greves", "Grèves et fermetures, les plus lointaines d’abord");
  write_heads(html, {"Jour", "Raison", "Fréquentation attendue", "Cantines fermées", "À faire"}, {2, 4});
  html.open("tbody");
  for (auto entry = all.rbegin(); entry != all.rend(); ++entry) {
    const auto& [day, scenario] = *entry;
    html.open("tr").open("th", {{"scope", "row"}});
    html.element("a", {{"href", "/cantines/greves?jour=" + forecast::to_iso(day)}}, day_words(day)).close();
    write_cell(html, scenario.words);
    write_number(html, share_words(scenario.rate, 0));
    write_number(html, std::to_string(scenario.closed.size()));
    html.open("td");
    if (call.plans()) {
      open_form(html, call, "/cantines/greves", "form-cell");
      html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "oublier"}});
      html.single("input", {{"type", "hidden"}, {"name", "jour"}, {"value", forecast::to_iso(day)}});
      html.open("button", {{"class", "button button-quiet"}, {"type", "submit"}}).text(day < now ? "Retirer" : "Annuler");
      html.element("span", {{"class", "visually-hidden"}}, " le " + day_words(day)).close().close();
    }
    html.close().close();
  }
  html.close().close().close();
}

void write_form(Html& html, const Call& call, const std::vector<StoredSite>& all, const std::map<Day, Scenario>& known) {
  const auto day = forecast::parse_iso(call.request.query.value("jour"));
  const auto found = day ? known.find(*day) : known.end();
  const Scenario scenario = found == known.end() ? Scenario{} : found->second;
  html.element("h2", found == known.end() ? "Ajouter un jour" : "Changer ce jour");
  open_form(html, call, "/cantines/greves");
  html.single("input", {{"type", "hidden"}, {"name", "action"}, {"value", "jour"}});
  write_field(html, {.name = "jour", .label = "Jour", .type = "date", .value = day ? forecast::to_iso(*day) : ""});
  write_field(
      html, {.name = "raison", .label = "Raison", .value = scenario.words, .hint = "Par exemple\u00a0: grève nationale, travaux, panne."});
  write_field(html, {.name = "part",
                     .label = "Fréquentation attendue dans les cantines ouvertes, en % d’un jour ordinaire",
                     .type = "number",
                     .value = fmt::format("{:.0f}", 100 * scenario.rate),
                     .hint = "Les grèves passées de votre commune en donnent une idée\u00a0; aucune donnée ouverte ne la dit."});
  html.open("fieldset").element("legend", "Cantines fermées");
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (all[place].closed) continue;
    const std::string id = fmt::format("fermee-{}", all[place].id);
    html.open("div", {{"class", "choice"}});
    html.single("input",
                {{"type", "checkbox"}, {"id", id}, {"name", id}, {"value", "oui"}, flag("checked", scenario.closed.contains(place))});
    html.element("label", {{"for", id}}, all[place].name.name).close();
  }
  html.close();
  write_button(html, "Enregistrer ce jour");
  html.close();
}

Status change(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day day = BEFFROI_TRY(day_in(form, "jour", "Jour"));
  const auto written = [&](const auto& act) {
    return recorded(call.desk, call.visitor, audit::Action::calendar_changed, object_of(day), act);
  };
  if (form.value("action") == "oublier") return written([&] { return forget_scenario(commune, day); });
  Scenario scenario;
  scenario.words = trimmed(form.value("raison"));
  scenario.rate = BEFFROI_TRY(count_in(form, "part", "Fréquentation attendue")) / 100.0;
  const auto all = BEFFROI_TRY(sites(commune));
  for (std::size_t place = 0; place < all.size(); ++place) {
    if (form.find(fmt::format("fermee-{}", all[place].id)) != nullptr) scenario.closed.insert(place);
  }
  return written([&] { return save_scenario(commune, day, scenario, by(call.desk, call.visitor)); });
}

}  // namespace

Result<http::Reply> show_strikes(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const auto all = BEFFROI_TRY(sites(commune));
  const auto known = BEFFROI_TRY(scenarios(commune, all));
  return page(call, {"Grèves et fermetures", "/cantines/greves"}, [&](Html& html) {
    html.element("h1", "Grèves et fermetures");
    html.element("p", "Ces jours sont saisis à la main. Ils changent les commandes, et la prévision n’apprend jamais d’eux.");
    if (call.plans()) write_form(html, call, all, known);
    write_list(html, call, known, today(call.desk));
  });
}

Result<http::Reply> change_strikes(const Call& call) { return after_form(call, change(call), "/cantines/greves?fait=greve", show_strikes); }

}  // namespace beffroi::canteen
