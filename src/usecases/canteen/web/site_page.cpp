// /cantines/bilan/{code}: one canteen's attendance with the forecast, its interval and the agents' figure.
#include <fmt/format.h>

#include <algorithm>

#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/web/page_list.h"
#include "usecases/canteen/web/plots.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kBefore = 45, kAfter = 15;  // days around today
constexpr std::size_t k90 = 8;            // place in forecast::kQuantiles

struct SiteDayLine {
  Day day = 0;
  CurvePoint point;
};

std::vector<SiteDayLine> lines_of(const PlannedWindow& window, std::size_t site) {
  std::vector<SiteDayLine> out;
  for (const Day day : window.days) {
    const auto forecast = window.forecasts.find({site, day});
    if (forecast == window.forecasts.end()) continue;
    const double point = forecast->second.forecast.point, high = forecast->second.forecast.quantiles[k90];
    CurvePoint line{short_day(day), point, std::max(2 * point - high, 0.0), high, {}, window.agents({site, day})};
    const auto recorded = window.recorded.find({site, day});
    if (recorded != window.recorded.end() && recorded->second.served) line.served = *recorded->second.served;
    out.push_back({day, std::move(line)});
  }
  return out;
}

void write_lines(Html& html, const std::string& code, const std::vector<SiteDayLine>& lines) {
  open_table(html, "tableau-cantine", "Les chiffres du graphique");
  write_heads(html, {"Jour", "Prévision", "Intervalle", "Servis", "Agents"}, {1, 5});
  html.open("tbody");
  for (const SiteDayLine& line : lines) {
    html.open("tr").open("th", {{"scope", "row"}}).element("a", {{"href", day_path(code, line.day)}}, line.point.label).close();
    write_number(html, meals_words(line.point.point));
    write_number(html, fmt::format("{} à {}", meals_words(line.point.low), meals_words(line.point.high)));
    for (const auto& figure : {line.point.served, line.point.agents}) write_number(html, figure ? meals_words(*figure) : "—");
    html.close();
  }
  html.close().close().close();
}

}  // namespace

Result<http::Reply> show_site(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const Day now = today(call.desk);
  const Day from = day_or(call.request.query, "du", now - kBefore), to = day_or(call.request.query, "au", now + kAfter);
  const PlannedWindow window = BEFFROI_TRY(planned_window(commune, {from, to, 1}));
  const auto found = std::find_if(window.sites.begin(), window.sites.end(),
                                  [&](const StoredSite& site) { return site.name.code == call.request.captured.value("code"); });
  if (found == window.sites.end()) return fail(Code::not_found, "Cette cantine n’existe pas.");
  const auto lines = lines_of(window, static_cast<std::size_t>(found - window.sites.begin()));
  return page(call, {found->name.name, "/cantines/bilan"}, [&](Html& html) {
    html.element("h1", found->name.name);
    html.open("form", {{"class", "form form-line"}, {"method", "get"}, {"action", call.request.path}});
    write_field(html, {"du", "Du", "date", forecast::to_iso(from)});
    write_field(html, {"au", "Au", "date", forecast::to_iso(to)});
    write_button(html, "Montrer", false);
    html.close();
    if (lines.empty()) {
      html.element("p", "Aucune prévision de cette cantine dans cette période.");
      return;
    }
    std::vector<CurvePoint> points;
    for (const SiteDayLine& line : lines) points.push_back(line.point);
    write_curve(html, "graphique-cantine",
                "Repas servis, prévus et commandés, jour après jour\u00a0; huit jours sur dix sont attendus dans l’intervalle.", points);
    write_lines(html, found->name.code, lines);
    html.open("p", {{"class", "links"}}).element("a", {{"href", "/cantines/bilan"}}, "Le bilan de toutes les cantines").close();
  });
}

}  // namespace beffroi::canteen
