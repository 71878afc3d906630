// /cantines/bilan: the errors of forecasts and orders beside the agents', by month and canteen, the largest first.
#include <fmt/format.h>

#include <algorithm>

#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/web/page_list.h"
#include "usecases/canteen/web/plots.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kPeriod = 90;               // days shown unless asked otherwise
constexpr std::size_t kLargest = 20;

void write_score(Html& html, std::string_view name, const Score& score) {
  html.open("tr").element("th", {{"scope", "row"}}, name);
  write_number(html, meals_words(static_cast<double>(score.days)));
  write_number(html, share_words(score.wape(), 1));
  write_number(html, meals_words(score.surplus));
  write_number(html, meals_words(score.shortage));
  write_number(html, share_words(score.served > 0 ? score.shortage / score.served : 0, 1));
  write_number(html, share_words(score.coverage(), 0));
  html.close();
}

void write_summary(Html& html, const Compared& all, std::size_t days, double service) {
  const auto per_day = [&](double meals) { return meals_words(meals / static_cast<double>(std::max<std::size_t>(days, 1))); };
  html.open("p").element(
      "strong", fmt::format("À {}\u00a0: {} repas de trop par jour, {} de manque", share_words(service, 0), per_day(all.proposed.surplus),
                            share_words(all.proposed.served > 0 ? all.proposed.shortage / all.proposed.served : 0, 1)));
  if (all.agents.days > 0) {
    html.text(fmt::format("\u00a0; les commandes des agents\u00a0: {} repas de trop par jour, {} de manque", per_day(all.agents.surplus),
                          share_words(all.agents.served > 0 ? all.agents.shortage / all.agents.served : 0, 1)));
  }
  html.text(".").close();
  open_table(html, "tableau-bilan", "Sur toute la période");
  write_heads(html, {"Chiffre", "Jours de cantine", "Erreur", "Repas de trop", "Repas manquants", "Part manquante", "Jours couverts"},
              {1, 7});
  html.open("tbody");
  write_score(html, "Repas attendus (prévision)", all.point);
  write_score(html, "Commande proposée", all.proposed);
  if (all.agents.days > 0) {
    write_score(html, "Commande proposée, les jours où celle des agents est connue", all.proposed_beside);
    write_score(html, "Commande des agents, les mêmes jours", all.agents);
  }
  html.close().close().close();
}

struct Line {
  std::string label, address;             // the address may be empty
  const Compared* compared;
};

void write_lines(Html& html, const std::string& id, const std::string& title, const std::vector<Line>& lines) {
  std::vector<Bar> bars;
  for (const Line& line : lines) {
    Bar bar{line.label, line.compared->point.wape(), {}};
    if (line.compared->agents.days > 0) bar.agents = line.compared->agents.wape();
    bars.push_back(std::move(bar));
  }
  constexpr std::size_t kMostBars = 25;
  if (bars.size() > kMostBars) bars.resize(kMostBars);
  write_bars(html, "graphique-" + id, title, bars);
  open_table(html, "tableau-" + id, title);
  write_heads(
      html,
      {id == "mois" ? "Mois" : "Cantine", "Jours de cantine", "Erreur de la prévision", "Biais", "Erreur des agents", "Biais des agents"},
      {1, 6});
  html.open("tbody");
  for (const Line& line : lines) {
    html.open("tr").open("th", {{"scope", "row"}});
    if (line.address.empty()) html.text(line.label);
    else html.element("a", {{"href", line.address}}, line.label);
    html.close();
    const Score& point = line.compared->point;
    const Score& agents = line.compared->agents;
    write_number(html, meals_words(static_cast<double>(point.days)));
    write_number(html, share_words(point.wape(), 1));
    write_number(html, share_words(point.bias(), 1));
    write_number(html, agents.days > 0 ? share_words(agents.wape(), 1) : "—");
    write_number(html, agents.days > 0 ? share_words(agents.bias(), 1) : "—");
    html.close();
  }
  html.close().close().close();
}

void write_largest(Html& html, const std::vector<Outcome>& largest, const std::vector<StoredSite>& sites) {
  open_table(html, "tableau-ecarts", "Les plus grandes erreurs de la prévision");
  write_heads(html, {"Cantine", "Jour", "Servis", "Prévision", "Écart", "Agents", "Écart des agents"}, {2, 7});
  html.open("tbody");
  for (const Outcome& outcome : largest) {
    const StoredSite& site = sites[outcome.site];
    html.open("tr").open("th", {{"scope", "row"}}).element("a", {{"href", day_path(site.name.code, outcome.day)}}, site.name.name).close();
    write_cell(html, short_day(outcome.day));
    write_number(html, meals_words(outcome.served));
    write_number(html, meals_words(outcome.point));
    write_number(html, meals_words(outcome.point - outcome.served));
    write_number(html, outcome.agents ? meals_words(*outcome.agents) : "—");
    write_number(html, outcome.agents ? meals_words(*outcome.agents - outcome.served) : "—");
    html.close();
  }
  html.close().close().close();
}

std::vector<Line> lines_by_month(const Review& review) {
  std::vector<Line> out;
  for (const auto& [month, compared] : review.by_month) out.push_back({month_words(month), "", &compared});
  return out;
}

std::vector<Line> lines_by_site(const Review& review, const std::vector<StoredSite>& sites) {
  std::vector<Line> out;
  for (const auto& [site, compared] : review.by_site)
    out.push_back({sites[site].name.name, "/cantines/bilan/" + pages::percent_encoded(sites[site].name.code), &compared});
  std::stable_sort(out.begin(), out.end(),
                   [](const Line& a, const Line& b) { return a.compared->point.wape() > b.compared->point.wape(); });
  return out;
}

std::size_t days_of(const std::vector<Outcome>& outcomes) {
  std::vector<Day> days;
  for (const Outcome& outcome : outcomes) days.push_back(outcome.day);
  std::sort(days.begin(), days.end());
  return static_cast<std::size_t>(std::unique(days.begin(), days.end()) - days.begin());
}

}  // namespace

Result<http::Reply> show_review(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk);
  const Day from = day_or(call.request.query, "du", now - kPeriod), to = day_or(call.request.query, "au", now);
  const auto all_sites = BEFFROI_TRY(sites(commune));
  const Settings kept = BEFFROI_TRY(settings(commune));
  const auto came = BEFFROI_TRY(outcomes(commune, {from, to, kept.lead_days}));
  const Review review = review_of(came, kLargest);
  std::vector<std::string> names;
  for (const StoredSite& site : all_sites) names.push_back(site.name.name);
  const auto alarms = alarms_of(came, {}, {}, kept.service, names);
  return page(call, {"Bilan", "/cantines/bilan"}, [&](Html& html) {
    html.element("h1", "Bilan des prévisions et des commandes");
    html.open("form", {{"class", "form form-line"}, {"method", "get"}, {"action", "/cantines/bilan"}});
    write_field(html, {"du", "Du", "date", forecast::to_iso(from)});
    write_field(html, {"au", "Au", "date", forecast::to_iso(to)});
    write_button(html, "Montrer", false);
    html.close();
    if (came.empty()) {
      html.element("p", "Aucun jour prévu n’a encore ses repas servis dans cette période.");
      return;
    }
    html.element(
        "p", {{"class", "quiet"}},
        fmt::format("Chaque jour est comparé à la prévision qui valait {}. Les jours de grève ou de fermeture n’y sont pas. L’erreur "
                    "est la somme des écarts, divisée par les repas servis.",
                    kept.lead_days == 1 ? std::string("la veille") : fmt::format("{} jours avant", kept.lead_days)));
    write_summary(html, review.all, days_of(came), kept.service);
    if (!alarms.empty()) {
      html.element("h2", "Ce qui dérive").open("ul");
      for (const Alarm& alarm : alarms) html.element("li", alarm.sentence);
      html.close();
    }
    html.element("h2", "Les plus grandes erreurs");
    write_largest(html, review.largest, all_sites);
    html.element("h2", "Mois par mois");
    write_lines(html, "mois", "Erreur de la prévision et des agents, par mois.", lines_by_month(review));
    html.element("h2", "Cantine par cantine");
    write_lines(html, "cantines", "Erreur de la prévision et des agents, par cantine, les plus grandes d’abord.",
                lines_by_site(review, all_sites));
    html.open("p", {{"class", "links"}});
    for (const char* format : {"csv", "ods"}) {
      html.element("a",
                   {{"href", fmt::format("/cantines/export/bilan/{}?du={}&au={}", format, forecast::to_iso(from), forecast::to_iso(to))}},
                   fmt::format("Exporter en {}", format == std::string_view("csv") ? "CSV" : "ODS (tableur)"))
          .text(" ");
    }
    html.close();
  });
}

}  // namespace beffroi::canteen
