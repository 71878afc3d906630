#include "usecases/canteen/planning/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "pages/dates.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr std::size_t kLately = 10;            // days served
constexpr double kTownDrift = 0.05, kSiteDrift = 0.15;
constexpr std::size_t kCoverageDays = 20;
constexpr double kCoverageLost = 0.15;
constexpr std::size_t kEnoughCounts = 100;     // days of canteens, before anything is said of coverage
constexpr double kHalfMeal = 0.5;

std::string percent(double share) { return fmt::format("{:.0f}\u00a0%", std::abs(100 * share)); }

std::string drift_in_words(double bias) { return bias > 0 ? percent(bias) + " de trop" : percent(bias) + " de moins que ce qui est servi"; }

// The last `most` days that have an outcome.
std::set<Day> last_days(const std::vector<Outcome>& outcomes, std::size_t most) {
  std::set<Day> days;
  for (const Outcome& outcome : outcomes) {
    days.insert(outcome.day);
    if (days.size() > most) days.erase(days.begin());
  }
  return days;
}

void tell_drifts(const std::vector<Outcome>& outcomes, const std::vector<std::string>& names, std::vector<Alarm>& out) {
  const std::set<Day> lately = last_days(outcomes, kLately);
  if (lately.size() < kLately) return;
  Score town;
  std::map<std::size_t, Score> sites;
  for (const Outcome& outcome : outcomes) {
    if (!lately.contains(outcome.day)) continue;
    town.add(outcome.point, outcome.served);
    sites[outcome.site].add(outcome.point, outcome.served);
  }
  if (std::abs(town.bias()) > kTownDrift) {
    out.push_back({Alarm::Kind::town_drifts,
                   {},
                   fmt::format("Sur les {} derniers jours servis, les prévisions de toute la commune annoncent {}.", kLately,
                               drift_in_words(town.bias()))});
  }
  std::vector<std::pair<double, std::size_t>> drifting;
  for (const auto& [site, score] : sites) {
    if (score.days >= kLately / 2 && std::abs(score.bias()) > kSiteDrift) drifting.emplace_back(score.bias(), site);
  }
  std::stable_sort(drifting.begin(), drifting.end(), [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
  for (const auto& [bias, site] : drifting) {
    out.push_back({Alarm::Kind::site_drifts, site,
                   fmt::format("{}\u00a0: sur les derniers jours, les prévisions annoncent {}.", names[site], drift_in_words(bias))});
  }
}

void tell_coverage(const std::vector<Outcome>& outcomes, double service, std::vector<Alarm>& out) {
  const std::set<Day> lately = last_days(outcomes, kCoverageDays);
  Score orders;
  for (const Outcome& outcome : outcomes) {
    if (lately.contains(outcome.day)) orders.add(outcome.proposed, outcome.served);
  }
  if (orders.days < kEnoughCounts || orders.coverage() > service - kCoverageLost) return;
  out.push_back({Alarm::Kind::too_often_short,
                 {},
                 fmt::format("Les commandes proposées n’ont couvert que {} des jours, pour {} voulus ({:.0f} repas de manque en {} jours).",
                             percent(orders.coverage()), percent(service), orders.shortage, lately.size())});
}

// « Septembre : … », once a kind of month.
void tell_seasons(const std::vector<Day>& coming, std::vector<Alarm>& out) {
  bool september = false, summer = false;
  for (const Day day : coming) {
    const int month = forecast::civil_of(day).month;
    september |= month == 9;
    summer |= month == 6 || month == 7;
  }
  if (september) {
    out.push_back(
        {Alarm::Kind::season,
         {},
         "Septembre\u00a0: les effectifs de la rentrée ne sont pas encore ceux de l’année. Les premières semaines sont moins sûres\u00a0; "
         "importez les enfants inscrits et saisissez vite les repas servis."});
  }
  if (summer) {
    out.push_back(
        {Alarm::Kind::season,
         {},
         "Juin et juillet\u00a0: sorties et départs font baisser la fréquentation plus que prévu (erreurs de 8 à 16\u00a0% mesurées "
         "ailleurs). Vos propres chiffres y sont souvent meilleurs."});
  }
}

}  // namespace

void Score::add(double figure, double really) {
  ++days;
  served += really;
  absolute += std::abs(figure - really);
  difference += figure - really;
  surplus += std::max(figure - really, 0.0);
  shortage += std::max(really - figure, 0.0);
  covered += figure < really - kHalfMeal ? 0 : 1;
}

void Compared::add(const Outcome& outcome) {
  point.add(outcome.point, outcome.served);
  proposed.add(outcome.proposed, outcome.served);
  if (!outcome.agents) return;
  proposed_beside.add(outcome.proposed, outcome.served);
  agents.add(*outcome.agents, outcome.served);
}

Review review_of(std::vector<Outcome> outcomes, std::size_t most) {
  Review review;
  for (const Outcome& outcome : outcomes) {
    review.all.add(outcome);
    review.by_month[forecast::to_iso(outcome.day).substr(0, 7)].add(outcome);
    review.by_site[outcome.site].add(outcome);
  }
  const auto error = [](const Outcome& outcome) { return std::abs(outcome.point - outcome.served); };
  std::stable_sort(outcomes.begin(), outcomes.end(), [&](const Outcome& a, const Outcome& b) { return error(a) > error(b); });
  if (outcomes.size() > most) outcomes.resize(most);
  review.largest = std::move(outcomes);
  return review;
}

std::string month_words(const std::string& month) {
  const std::string first_day = pages::french_date(month + "-01");
  return first_day.substr(first_day.find(' ') + 1);
}

std::vector<Alarm> alarms_of(const std::vector<Outcome>& outcomes, const std::vector<Day>& coming, const std::vector<PlannedEvent>& events,
                             double service, const std::vector<std::string>& names) {
  std::vector<Alarm> out;
  tell_drifts(outcomes, names, out);
  tell_coverage(outcomes, service, out);
  tell_seasons(coming, out);
  for (const PlannedEvent& event : events) {
    const bool concerned = std::any_of(coming.begin(), coming.end(), [&](Day day) { return event.first <= day && day <= event.last; });
    if (!concerned) continue;
    out.push_back({Alarm::Kind::event,
                   {},
                   fmt::format("{}, {}\u00a0: le passé en dit peu, votre chiffre compte davantage ces jours-là.", event.words,
                               event.first == event.last ? "le " + forecast::to_iso(event.first)
                                                         : "du " + forecast::to_iso(event.first) + " au " + forecast::to_iso(event.last))});
  }
  return out;
}

}  // namespace beffroi::canteen
