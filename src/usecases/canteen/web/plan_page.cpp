// /cantines: what to order, by day and canteen, and what covering more or less would cost.
#include <fmt/format.h>

#include <algorithm>

#include "usecases/canteen/planning/review.h"
#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kShown = 13;               // calendar days after the first one
constexpr Day kLookedBack = 60;          // for alarms

// The level of service of the address, in percent; else the commune's.
double service_of(const Call& call, const Settings& settings) {
  const auto percent = whole_number(trimmed(call.request.query.value("couvrir")));
  return percent && *percent >= 50 && *percent <= 95 ? *percent / 100.0 : settings.service;
}

std::vector<const forecast::Forecast*> ordinary_forecasts(const PlannedWindow& window) {
  std::vector<const forecast::Forecast*> out;
  for (const auto& [at, issued] : window.forecasts) {
    if (!window.scenarios.contains(at.second) && !window.sites[at.first].closed) out.push_back(&issued.forecast);
  }
  return out;
}

void write_alarms(Html& html, const std::vector<Alarm>& alarms) {
  if (alarms.empty()) return;
  html.open("section", {{"class", "canteen-alarms"}, {"aria-labelledby", "alarmes"}});
  html.element("h2", {{"id", "alarmes"}}, "À surveiller").open("ul");
  constexpr std::size_t kMost = 8;
  for (std::size_t at = 0; at < std::min(alarms.size(), kMost); ++at) html.element("li", alarms[at].sentence);
  if (alarms.size() > kMost) html.element("li", fmt::format("… et {} autres, au bilan.", alarms.size() - kMost));
  html.close().close();
}

void write_trade(Html& html, const PlannedWindow& window, double service) {
  const auto forecasts = ordinary_forecasts(window);
  std::size_t days = 0;
  for (const Day day : window.days) days += window.scenarios.contains(day) ? 0 : 1;
  const auto trade = trade_of(forecasts, days);
  if (trade.empty() || forecasts.empty()) return;
  html.open("section", {{"aria-labelledby", "choix"}}).element("h2", {{"id", "choix"}}, "Couvrir plus ou moins de jours");
  for (const TradeLine& line : trade) {
    if (std::abs(line.service - service) < 0.001) html.open("p").element("strong", in_words(line)).text(".").close();
  }
  html.element("p", {{"class", "quiet"}},
               "Estimé sur les jours ci-dessus, d’après les erreurs passées des prévisions. Le bilan dit ce qui s’est vraiment passé.");
  open_table(html, "tableau-choix", "Par jour, toutes cantines ensemble");
  write_heads(html, {"Jours couverts", "Repas commandés", "Repas de trop", "Repas manquants", "Part manquante"}, {1, 5});
  html.open("tbody");
  for (const TradeLine& line : trade) {
    html.open("tr").element("th", {{"scope", "row"}}, share_words(line.service, 0));
    write_number(html, meals_words(line.meals));
    write_number(html, meals_words(line.surplus));
    write_number(html, meals_words(line.shortage));
    write_number(html, share_words(line.expected > 0 ? line.shortage / line.expected : 0, 1));
    html.close();
  }
  html.close().close().close().close();
}

// The figure, and in words what is particular to it.
void write_order(Html& html, const PlannedWindow& window, const SiteDay& at, double service) {
  const auto order = window.order(at, service);
  html.open("td", {{"class", "number"}});
  const std::string address = day_path(window.sites[at.first].name.code, at.second);
  const std::string name = window.sites[at.first].name.name + ", " + short_day(at.second);
  html.open("a", {{"href", address}});
  html.open("span", {{"class", "visually-hidden"}}).text(name + "\u00a0: ").close();
  html.text(order ? meals_words(*order) : "—").close();
  const auto scenario = window.scenarios.find(at.second);
  if (window.decisions.contains(at)) html.text(" ").element("span", {{"class", "mark"}}, "décidé");
  else if (window.agents(at)) html.text(" ").element("span", {{"class", "mark"}}, "agents");
  else if (scenario != window.scenarios.end())
    html.text(" ").element("span", {{"class", "mark"}}, scenario->second.closed.contains(at.first) ? "fermée" : "grève");
  html.close();
}

void write_totals(Html& html, const PlannedWindow& window, double service) {
  const auto line = [&](std::string_view label, const auto& figure) {
    html.open("tr").element("th", {{"scope", "row"}}, label);
    for (const Day day : window.days) {
      double sum = 0;
      for (std::size_t site = 0; site < window.sites.size(); ++site) sum += window.sites[site].closed ? 0 : figure(SiteDay{site, day});
      write_number(html, meals_words(sum));
    }
    html.close();
  };
  html.open("tfoot");
  line("Commande de la commune", [&](const SiteDay& at) { return window.order(at, service).value_or(0); });
  line("Repas attendus", [&](const SiteDay& at) {
    const auto forecast = window.forecasts.find(at);
    return forecast == window.forecasts.end() ? 0.0 : forecast->second.forecast.point;
  });
  html.close();
}

void write_orders(Html& html, const PlannedWindow& window, double service) {
  open_table(html, "tableau-commandes", fmt::format("Repas à commander, pour couvrir {} des jours", share_words(service, 0)));
  html.open("thead").open("tr").element("th", {{"scope", "col"}}, "Cantine");
  for (const Day day : window.days) html.element("th", {{"scope", "col"}}, short_day(day));
  html.close().close().open("tbody");
  for (std::size_t site = 0; site < window.sites.size(); ++site) {
    if (window.sites[site].closed) continue;
    html.open("tr").element("th", {{"scope", "row"}}, window.sites[site].name.name);
    for (const Day day : window.days) write_order(html, window, {site, day}, service);
    html.close();
  }
  html.close();
  write_totals(html, window, service);
  html.close().close();
}

void write_controls(Html& html, const Call& call, Day from, double service) {
  const int percent = static_cast<int>(service * 100 + 0.5);
  html.open("form", {{"class", "form form-line"}, {"method", "get"}, {"action", "/cantines"}});
  write_field(html, {"du", "À partir du", "date", forecast::to_iso(from)});
  std::vector<Choice> levels;
  for (int level = 50; level <= 95; level += 5) levels.push_back({std::to_string(level), fmt::format("{}\u00a0% des jours", level)});
  write_choice(html, {"couvrir", "Couvrir", "", std::to_string(percent)}, levels);
  write_button(html, "Montrer", false);
  html.close();
  html.open("p", {{"class", "links"}});
  const auto link = [&](std::string_view label, const std::string& address) { html.element("a", {{"href", address}}, label).text(" "); };
  link("Deux semaines avant", fmt::format("/cantines?du={}&couvrir={}", forecast::to_iso(from - kShown - 1), percent));
  link("Deux semaines après", fmt::format("/cantines?du={}&couvrir={}", forecast::to_iso(from + kShown + 1), percent));
  for (const char* format : {"csv", "ods"}) {
    link(fmt::format("Exporter en {}", format == std::string_view("csv") ? "CSV" : "ODS (tableur)"),
         fmt::format("/cantines/export/commandes/{}?du={}&au={}&couvrir={}", format, forecast::to_iso(from),
                     forecast::to_iso(from + kShown), percent));
  }
  html.close();
  if (!call.plans()) return;
  open_form(html, call, "/cantines/previsions", "form form-line");
  write_button(html, "Prévoir de nouveau");
  html.close();
}

void write_run(Html& html, const std::optional<Run>& run) {
  if (!run) {
    html.element("p", "Aucune prévision n’a encore été faite. Importez la fréquentation et le calendrier, puis lancez la première.");
    return;
  }
  html.element("p", {{"class", "quiet"}},
               fmt::format("Prévision du {}, d’après les repas servis jusqu’au {}{}.", moment_words(run->by.at_ms),
                           day_words(run->last_known), run->boosted ? "" : ", par le modèle linéaire seul (LightGBM n’est pas installé)"));
}

}  // namespace

Result<http::Reply> show_plan(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk), from = day_or(call.request.query, "du", now);
  const PlannedWindow window = BEFFROI_TRY(planned_window(commune, {from, from + kShown, 1}));
  const auto run = BEFFROI_TRY(latest_run(commune));
  std::vector<std::string> names;
  for (const StoredSite& site : window.sites) names.push_back(site.name.name);
  std::vector<PlannedEvent> planned;
  for (const StoredEvent& event : BEFFROI_TRY(events(commune))) planned.push_back(event.event);
  const auto alarms = alarms_of(BEFFROI_TRY(outcomes(commune, {now - kLookedBack, now, window.settings.lead_days})), window.days, planned,
                                window.settings.service, names);
  const double service = service_of(call, window.settings);
  return page(call, {"Commandes", "/cantines"}, [&](Html& html) {
    html.element("h1", "Commandes des cantines");
    write_run(html, run);
    if (window.sites.empty()) {
      html.open("p").element("a", {{"class", "button button-main"}, {"href", "/cantines/import"}}, "Importer la fréquentation").close();
      return;
    }
    write_controls(html, call, from, service);
    if (window.days.empty()) html.element("p", "Aucun jour de cantine au calendrier dans ces deux semaines.");
    else write_orders(html, window, service);
    write_alarms(html, alarms);
    write_trade(html, window, service);
  });
}

}  // namespace beffroi::canteen
