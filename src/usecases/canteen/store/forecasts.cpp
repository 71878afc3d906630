#include "usecases/canteen/store/forecasts.h"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <unordered_map>

#include "usecases/canteen/store/calendar.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;
using forecast::Forecast;

constexpr std::size_t kMostReason = 300;  // bytes

std::string quantiles_text(const Forecast& forecast) {
  std::string out;
  for (const double quantile : forecast.quantiles) out += fmt::format("{}{:.2f}", out.empty() ? "" : " ", quantile);
  return out;
}

std::string reasons_text(const Forecast& forecast) {
  std::string out;
  for (const forecast::Reason& reason : forecast.reasons) out += fmt::format("{:.2f} {}\n", reason.percent, reason.words);
  return out;
}

// Takes a number off the front, and the space after it.
double take(std::string_view& text) {
  double value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(fault == std::errc{} ? static_cast<std::size_t>(end - text.data()) : text.size());
  if (!text.empty()) text.remove_prefix(1);
  return value;
}

Forecast read_forecast(const db::Statement& row, int point, int quantiles, int reasons) {
  Forecast out;
  out.point = row.real(point);
  std::string_view rest = row.text(quantiles);
  for (double& quantile : out.quantiles) quantile = take(rest);
  std::string_view lines = row.text(reasons);
  while (!lines.empty()) {
    const std::size_t end = std::min(lines.find('\n'), lines.size());
    std::string_view line = lines.substr(0, end);
    lines.remove_prefix(std::min(end + 1, lines.size()));
    const double percent = take(line);
    out.reasons.push_back({std::string(line), percent});
  }
  return out;
}

std::unordered_map<std::int64_t, std::size_t> places_of(const std::vector<StoredSite>& sites) {
  std::unordered_map<std::int64_t, std::size_t> places;
  for (std::size_t place = 0; place < sites.size(); ++place) places[sites[place].id] = place;
  return places;
}

Status bind_window(db::Statement& rows, const Window& window) {
  const std::string first = forecast::to_iso(window.from), last = forecast::to_iso(window.to);
  return rows.bind_all(std::string_view(first), std::string_view(last));
}

}  // namespace

Result<std::int64_t> save_run(db::Database& commune, const Run& run, const std::vector<PlannedDay>& days,
                              const std::vector<StoredSite>& sites) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(commune));
  db::Statement insert = BEFFROI_TRY(
      commune.prepare("INSERT INTO canteen_run (made_at, author, last_known, boosted, account) VALUES (?, ?, ?, ?, ?) RETURNING id"));
  const std::string last_known = forecast::to_iso(run.last_known);
  BEFFROI_CHECK(insert.bind_all(run.by.at_ms, std::string_view(run.by.author), std::string_view(last_known),
                                std::int64_t{run.boosted ? 1 : 0}, std::string_view(run.by.account)));
  if (!BEFFROI_TRY(insert.step())) return fail(Code::internal, "La prévision n’a pas pu être gardée.", "insert returned no row");
  const std::int64_t id = insert.number(0);
  while (BEFFROI_TRY(insert.step())) {
  }
  db::Statement row =
      BEFFROI_TRY(commune.prepare("INSERT INTO canteen_forecast (run, day, site, point, quantiles, reasons) VALUES (?, ?, ?, ?, ?, ?)"));
  for (const PlannedDay& planned : days) {
    if (planned.site >= sites.size()) continue;
    BEFFROI_CHECK(Row(row)
                      .number(id)
                      .day(planned.day)
                      .number(sites[planned.site].id)
                      .real(planned.forecast.point)
                      .text(quantiles_text(planned.forecast))
                      .text(reasons_text(planned.forecast))
                      .run());
  }
  BEFFROI_CHECK(transaction.commit());
  return id;
}

Result<std::optional<Run>> latest_run(db::Database& commune) {
  db::Statement row =
      BEFFROI_TRY(commune.prepare("SELECT id, made_at, author, last_known, boosted FROM canteen_run ORDER BY id DESC LIMIT 1"));
  if (!BEFFROI_TRY(row.step())) return std::optional<Run>{};
  Run run{row.number(0), {std::string(row.text(2)), row.number(1)}, BEFFROI_TRY(day_in(row, 3)), row.number(4) != 0};
  return std::optional<Run>(std::move(run));
}

Result<std::map<SiteDay, Issued>> issued(db::Database& commune, const std::vector<StoredSite>& sites, const Window& window) {
  const auto places = places_of(sites);
  db::Statement rows =
      BEFFROI_TRY(commune.prepare("SELECT f.site, f.day, f.point, f.quantiles, f.reasons, r.id, r.made_at, r.last_known, r.boosted "
                                  "FROM canteen_forecast f JOIN canteen_run r ON r.id = f.run WHERE f.day BETWEEN ? AND ? ORDER BY r.id"));
  BEFFROI_CHECK(bind_window(rows, window));
  std::map<SiteDay, Issued> out;
  while (BEFFROI_TRY(rows.step())) {
    const auto place = places.find(rows.number(0));
    const Day day = BEFFROI_TRY(day_in(rows, 1)), known = BEFFROI_TRY(day_in(rows, 7));
    if (place == places.end() || known > day - window.lead_days) continue;
    out[{place->second, day}] = {{rows.number(5), {{}, rows.number(6)}, known, rows.number(8) != 0}, read_forecast(rows, 2, 3, 4)};
  }
  return out;
}

Status decide_order(db::Database& commune, std::int64_t site, Day day, const Decision& decision) {
  if (decision.meals < 0 || static_cast<float>(decision.meals) > kMostMeals)
    return fail(Code::invalid_argument, fmt::format("Une commande va de 0 à {:.0f} repas.", kMostMeals));
  if (decision.reason.empty()) return fail(Code::invalid_argument, "Dites pourquoi, en quelques mots\u00a0: la raison est relue au bilan.");
  if (decision.reason.size() > kMostReason) return fail(Code::too_large, "La raison est trop longue\u00a0: quelques mots suffisent.");
  db::Statement insert = BEFFROI_TRY(commune.prepare(
      "INSERT INTO canteen_order (site, day, meals, proposed, reason, author, made_at, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
  return Row(insert)
      .number(site)
      .day(day)
      .number(decision.meals)
      .count(decision.proposed)
      .text(decision.reason)
      .text(decision.by.author)
      .number(decision.by.at_ms)
      .text(decision.by.account)
      .run();
}

Result<std::map<SiteDay, Decision>> decided(db::Database& commune, const std::vector<StoredSite>& sites, const Window& window) {
  const auto places = places_of(sites);
  db::Statement rows = BEFFROI_TRY(commune.prepare(
      "SELECT site, day, meals, proposed, reason, author, made_at FROM canteen_order WHERE day BETWEEN ? AND ? ORDER BY id"));
  BEFFROI_CHECK(bind_window(rows, window));
  std::map<SiteDay, Decision> out;
  while (BEFFROI_TRY(rows.step())) {
    const auto place = places.find(rows.number(0));
    if (place == places.end()) continue;
    out[{place->second, BEFFROI_TRY(day_in(rows, 1))}] = {
        static_cast<int>(rows.number(2)), count_in(rows, 3), std::string(rows.text(4)), {std::string(rows.text(5)), rows.number(6)}};
  }
  return out;
}

Result<std::vector<Decision>> decisions_about(db::Database& commune, std::int64_t site, Day day) {
  db::Statement rows = BEFFROI_TRY(
      commune.prepare("SELECT meals, proposed, reason, author, made_at FROM canteen_order WHERE site = ? AND day = ? ORDER BY id DESC"));
  const std::string iso = forecast::to_iso(day);
  BEFFROI_CHECK(rows.bind_all(site, std::string_view(iso)));
  std::vector<Decision> out;
  while (BEFFROI_TRY(rows.step())) {
    out.push_back(
        {static_cast<int>(rows.number(0)), count_in(rows, 1), std::string(rows.text(2)), {std::string(rows.text(3)), rows.number(4)}});
  }
  return out;
}

Result<std::vector<Outcome>> outcomes(db::Database& commune, const Window& window) {
  const auto all = BEFFROI_TRY(sites(commune));
  const Settings kept = BEFFROI_TRY(settings(commune));
  const auto forecasts = BEFFROI_TRY(issued(commune, all, window));
  const auto orders = BEFFROI_TRY(decided(commune, all, window));
  const auto recorded = BEFFROI_TRY(recorded_between(commune, all, window.from, window.to));
  const auto unusual = BEFFROI_TRY(scenarios(commune, all));
  std::vector<Outcome> out;
  for (const auto& [site_day, meals] : recorded) {
    const auto forecast = forecasts.find(site_day);
    if (forecast == forecasts.end() || meals.served.value_or(0) <= 0 || unusual.contains(site_day.second)) continue;
    Outcome outcome{site_day.first,
                    site_day.second,
                    forecast->second.forecast.point,
                    order_of(forecast->second.forecast, kept.service),
                    {},
                    static_cast<double>(*meals.served)};
    if (const auto order = orders.find(site_day); order != orders.end()) outcome.agents = order->second.meals;
    else if (meals.ordered) outcome.agents = *meals.ordered;
    out.push_back(outcome);
  }
  return out;
}

}  // namespace beffroi::canteen
