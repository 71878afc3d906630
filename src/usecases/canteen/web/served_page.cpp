// /cantines/servis: what was served on a day, a line a canteen.
#include <fmt/format.h>

#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

// The last day of service up to today; the address may name another.
Day shown_day(const Call& call, const CalendarRules& rules) {
  Day day = today(call.desk);
  constexpr Day kLookedBack = 30;
  const Day latest = day;
  while (latest - day < kLookedBack && !calendar_day(rules, day).open) --day;
  if (latest - day == kLookedBack) day = latest;
  return day_or(call.request.query, "jour", day);
}

}  // namespace

Result<http::Reply> show_served(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const CalendarRules rules = BEFFROI_TRY(calendar_rules(commune));
  const http::Parameters form = call.request.method == http::Method::post ? BEFFROI_TRY(call.request.form()) : http::Parameters{};
  const Day day = day_or(form, "jour", shown_day(call, rules));
  const PlannedWindow window = BEFFROI_TRY(planned_window(commune, {day, day, 1}));
  return page(call, {"Repas servis", "/cantines/servis"}, [&](Html& html) {
    html.element("h1", "Repas servis le " + day_words(day));
    html.open("form", {{"class", "form form-line"}, {"method", "get"}, {"action", "/cantines/servis"}});
    write_field(html, {.name = "jour", .label = "Un autre jour", .type = "date", .value = forecast::to_iso(day), .id = "autre-jour"});
    write_button(html, "Montrer", false);
    html.close();
    if (!calendar_day(rules, day).open) html.element("p", {{"class", "quiet"}}, "Ce jour est fermé au calendrier.");
    if (window.sites.empty()) return;
    open_form(html, call, "/cantines/servis");
    html.single("input", {{"type", "hidden"}, {"name", "jour"}, {"value", forecast::to_iso(day)}});
    open_table(html, "tableau-servis", "Laissez vide ce qui n’est pas encore connu\u00a0; 0 pour une cantine fermée ce jour-là");
    write_heads(html, {"Cantine", "Repas servis", "Commande", "Prévision"}, {2, 4});
    html.open("tbody");
    for (std::size_t site = 0; site < window.sites.size(); ++site) {
      const StoredSite& of = window.sites[site];
      if (of.closed) continue;
      const SiteDay at{site, day};
      const auto recorded = window.recorded.find(at);
      const bool known = recorded != window.recorded.end() && recorded->second.served;
      const std::string name = fmt::format("servis-{}", of.id);
      const std::string* written = form.find(name);
      const auto order = window.order(at, window.settings.service);
      const auto forecast = window.forecasts.find(at);
      html.open("tr").open("th", {{"scope", "row"}}).element("label", {{"for", name}}, of.name.name).close().open("td");
      html.single("input", {{"class", "meals"},
                            {"id", name},
                            {"name", name},
                            {"type", "text"},
                            {"inputmode", "numeric"},
                            {"autocomplete", "off"},
                            {"value", written != nullptr ? *written
                                      : known            ? std::to_string(*recorded->second.served)
                                                         : ""}});
      html.close();
      write_number(html, order ? meals_words(*order) : "—");
      write_number(html, forecast == window.forecasts.end() ? "—" : meals_words(forecast->second.forecast.point));
      html.close();
    }
    html.close().close().close();
    write_button(html, "Enregistrer les repas servis");
    html.close();
  });
}

Result<http::Reply> save_served(const Call& call) {
  std::string path;
  const auto save = [&]() -> Status {
    const http::Parameters form = BEFFROI_TRY(call.request.form());
    const Day day = BEFFROI_TRY(day_in(form, "jour", "Jour"));
    if (day > today(call.desk)) return fail(Code::invalid_argument, "Ce jour n’est pas encore passé.");
    path = "/cantines/servis?fait=servi&jour=" + forecast::to_iso(day);
    db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
    std::vector<ServedMeals> meals;
    for (const StoredSite& site : BEFFROI_TRY(sites(commune))) {
      const std::string name = fmt::format("servis-{}", site.id);
      if (trimmed(form.value(name)).empty()) continue;
      meals.push_back({site.id, day, BEFFROI_TRY(count_in(form, name, site.name.name))});
    }
    if (meals.empty()) return fail(Code::invalid_argument, "Aucun nombre n’a été saisi.");
    return recorded(call.desk, call.visitor, audit::Action::meals_recorded, object_of(day), [&] { return record_served(commune, meals); });
  };
  const Status saved = save();
  return after_form(call, saved, path, show_served);
}

}  // namespace beffroi::canteen
