#include "usecases/canteen/exporting/tables.h"

#include "usecases/canteen/plan.h"

namespace beffroi::canteen {

namespace {

constexpr std::size_t kReasons = 4;

Cell number(const std::optional<double>& value) { return value ? Cell(*value) : Cell(); }

Sheet score_sheet(std::string name, std::string what) {
  return {std::move(name),
          {std::move(what), "Jours de cantine", "Repas servis", "Erreur de la prévision", "Biais", "Erreur des agents",
           "Repas de trop proposés", "Repas manquants proposés"},
          {}};
}

std::vector<Cell> score_row(std::string label, const Compared& compared) {
  const bool agents = compared.agents.days > 0;
  return {std::move(label),
          static_cast<double>(compared.point.days),
          compared.point.served,
          Share{compared.point.wape()},
          Share{compared.point.bias()},
          agents ? Cell(Share{compared.agents.wape()}) : Cell(),
          compared.proposed.surplus,
          compared.proposed.shortage};
}

}  // namespace

std::vector<Sheet> orders_sheets(const PlannedWindow& window, double service) {
  Sheet lines{"Commandes",
              {"Code", "Cantine", "Jour", "Attendus", "Proposée", "Décidée", "Commande", "Raison de la décision", "Pourquoi", "Servis"},
              {}};
  Sheet grid{"Grille", {"Cantine"}, {}};
  for (const forecast::Day day : window.days) grid.header.push_back(forecast::to_iso(day));
  for (std::size_t site = 0; site < window.sites.size(); ++site) {
    const StoredSite& of = window.sites[site];
    if (of.closed) continue;
    std::vector<Cell> row = {of.name.name};
    for (const forecast::Day day : window.days) {
      const SiteDay at{site, day};
      row.push_back(number(window.order(at, service)));
      const auto forecast = window.forecasts.find(at);
      const auto decision = window.decisions.find(at);
      const auto meals = window.recorded.find(at);
      const bool known = forecast != window.forecasts.end();
      lines.rows.push_back(
          {of.name.code, of.name.name, DayCell{day}, known ? Cell(forecast->second.forecast.point) : Cell(),
           number(window.proposed(at, service)), number(window.agents(at)), number(window.order(at, service)),
           decision == window.decisions.end() ? Cell() : Cell(decision->second.reason),
           known ? Cell(in_words(forecast->second.forecast.reasons, kReasons)) : Cell(),
           meals != window.recorded.end() && meals->second.served ? Cell(static_cast<double>(*meals->second.served)) : Cell()});
    }
    grid.rows.push_back(std::move(row));
  }
  return {std::move(lines), std::move(grid)};
}

std::vector<Sheet> review_sheets(const std::vector<Outcome>& outcomes, const std::vector<StoredSite>& sites) {
  Sheet lines{
      "Jours", {"Code", "Cantine", "Jour", "Servis", "Prévision", "Proposée", "Agents", "Écart de la prévision", "Écart des agents"}, {}};
  for (const Outcome& outcome : outcomes) {
    const SiteName& name = sites[outcome.site].name;
    lines.rows.push_back({name.code, name.name, DayCell{outcome.day}, outcome.served, outcome.point, outcome.proposed,
                          number(outcome.agents), outcome.point - outcome.served,
                          outcome.agents ? Cell(*outcome.agents - outcome.served) : Cell()});
  }
  const Review review = review_of(outcomes, 0);
  Sheet months = score_sheet("Mois", "Mois"), by_site = score_sheet("Cantines", "Cantine");
  for (const auto& [month, compared] : review.by_month) months.rows.push_back(score_row(month_words(month), compared));
  for (const auto& [site, compared] : review.by_site) by_site.rows.push_back(score_row(sites[site].name.name, compared));
  return {std::move(lines), std::move(months), std::move(by_site)};
}

}  // namespace beffroi::canteen
