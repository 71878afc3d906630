// /cantines/commandes/{code}/{jour}: one canteen on one day: why that many, what an agent decides, what was decided and served before.
#include <fmt/format.h>

#include <algorithm>

#include "usecases/canteen/store/planned.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

using forecast::Day;

constexpr Day kLookedBack = 56;          // like days shown
constexpr std::size_t kLikeDays = 6;
constexpr double kSmallestReason = 0.5;  // percent

struct DayView {
  PlannedWindow window;
  std::size_t site = 0;
  Day day = 0;
  std::vector<std::string> dishes;
  std::vector<Decision> decisions;
  std::vector<Guests> guests;

  [[nodiscard]] SiteDay at() const { return {site, day}; }
  [[nodiscard]] const StoredSite& of() const { return window.sites[site]; }
};

Result<DayView> view_of(const Call& call, db::Database& commune) {
  DayView view;
  view.day = BEFFROI_TRY(day_in(call.request.captured, "jour", "Jour"));
  view.window = BEFFROI_TRY(planned_window(commune, {view.day - kLookedBack, view.day, 1}));
  const auto& sites = view.window.sites;
  const auto found = std::find_if(sites.begin(), sites.end(),
                                  [&](const StoredSite& site) { return site.name.code == call.request.captured.value("code"); });
  if (found == sites.end()) return fail(Code::not_found, "Cette cantine n’existe pas.");
  view.site = static_cast<std::size_t>(found - sites.begin());
  auto dishes = BEFFROI_TRY(dishes_between(commune, view.day, view.day));
  view.dishes = std::move(dishes[view.day]);
  view.decisions = BEFFROI_TRY(decisions_about(commune, found->id, view.day));
  view.guests = BEFFROI_TRY(guests_of(commune, found->id, view.day));
  return view;
}

void write_fact(Html& html, std::string_view name, const std::string& value) {
  html.open("div").element("dt", name).element("dd", value).close();
}

void write_forecast(Html& html, const DayView& view, const Issued& issued) {
  const auto& forecast = issued.forecast;
  const double service = view.window.settings.service;
  html.open("dl", {{"class", "facts"}});
  write_fact(html, "Repas attendus", meals_words(forecast.point));
  write_fact(html, fmt::format("Commande proposée, pour couvrir {} des jours", share_words(service, 0)),
             meals_words(view.window.proposed(view.at(), service).value_or(0)));
  write_fact(html, "Neuf fois sur dix, pas plus de", meals_words(forecast.quantiles[8]));
  if (const auto agents = view.window.agents(view.at())) write_fact(html, "Commande décidée", meals_words(*agents));
  if (const auto meals = view.window.recorded.find(view.at()); meals != view.window.recorded.end() && meals->second.served)
    write_fact(html, "Repas servis", meals_words(*meals->second.served));
  html.close();
  html.element("p", {{"class", "quiet"}},
               fmt::format("Prévision du {}, d’après ce qui était connu le {}.", moment_words(issued.run.by.at_ms),
                           day_words(issued.run.last_known)));
}

void write_reasons(Html& html, const std::vector<forecast::Reason>& reasons) {
  html.element("h2", "Pourquoi ce chiffre");
  std::vector<const forecast::Reason*> told;
  for (const forecast::Reason& reason : reasons) {
    if (std::abs(reason.percent) >= kSmallestReason) told.push_back(&reason);
  }
  if (told.empty()) {
    html.element("p", "Rien de particulier ce jour-là\u00a0: la prévision est le niveau récent de la cantine.");
    return;
  }
  html.element("p", "Ce qui écarte ce jour du niveau récent de la cantine, effet par effet\u00a0:");
  html.open("ul", {{"class", "reasons"}});
  for (const forecast::Reason* reason : told) html.element("li", reason->words + " " + signed_percent(reason->percent));
  html.close();
}

void write_context(Html& html, const DayView& view) {
  const auto scenario = view.window.scenarios.find(view.day);
  if (scenario != view.window.scenarios.end()) {
    html.element("p", fmt::format("{}\u00a0: {}.", scenario->second.words,
                                  scenario->second.closed.contains(view.site)
                                      ? std::string("cette cantine est fermée")
                                      : share_words(scenario->second.rate, 0) + " de la fréquentation attendus"));
  }
  if (!view.dishes.empty()) html.element("p", fmt::format("Au menu\u00a0: {}.", fmt::join(view.dishes, ", ")));
  if (view.guests.empty()) return;
  open_table(html, "tableau-convives", "Convives de ce jour");
  write_heads(html, {"Catégorie", "Servis", "Commandés"}, {1, 3});
  html.open("tbody");
  for (const Guests& guests : view.guests) {
    html.open("tr").element("th", {{"scope", "row"}}, guests.category);
    for (const auto& meals : {guests.meals.served, guests.meals.ordered}) write_number(html, meals ? meals_words(*meals) : "—");
    html.close();
  }
  html.close().close().close();
}

void write_like_days(Html& html, const DayView& view) {
  std::vector<Day> days;
  for (Day day = view.day - 7; day >= view.day - kLookedBack && days.size() < kLikeDays; day -= 7) {
    const auto meals = view.window.recorded.find({view.site, day});
    if (meals != view.window.recorded.end() && meals->second.served) days.push_back(day);
  }
  if (days.empty()) return;
  open_table(html, "tableau-avant", "Les mêmes jours des semaines passées");
  write_heads(html, {"Jour", "Servis", "Commande", "Prévision"}, {1, 4});
  html.open("tbody");
  for (const Day day : days) {
    const SiteDay at{view.site, day};
    const auto forecast = view.window.forecasts.find(at);
    const auto agents = view.window.agents(at);
    html.open("tr").element("th", {{"scope", "row"}}, short_day(day));
    write_number(html, meals_words(*view.window.recorded.at(at).served));
    write_number(html, agents ? meals_words(*agents) : "—");
    write_number(html, forecast == view.window.forecasts.end() ? "—" : meals_words(forecast->second.forecast.point));
    html.close();
  }
  html.close().close().close();
}

void write_decision(Html& html, const Call& call, const DayView& view) {
  html.element("h2", "Décider la commande");
  if (call.plans()) {
    html.element(
        "p",
        "Votre chiffre l’emporte toujours sur la proposition. Il est gardé à côté d’elle, et tous deux sont comparés aux repas servis.");
    open_form(html, call, day_path(view.of().name.code, view.day));
    const auto order = view.window.order(view.at(), view.window.settings.service);
    write_field(html, {"repas", "Repas à commander", "number", order ? fmt::format("{:.0f}", *order) : ""});
    write_field(html, {"raison", "Raison de la décision", "text", "", "Par exemple\u00a0: sortie de deux classes, repas de fin d’année."});
    write_button(html, "Enregistrer la commande");
    html.close();
  }
  if (view.decisions.empty()) return;
  html.element("h3", "Décisions prises").open("ul");
  for (const Decision& decision : view.decisions) {
    html.element("li", fmt::format("{} repas{}\u00a0: {} ({}, {})", meals_words(decision.meals),
                                   decision.proposed ? " au lieu de " + meals_words(*decision.proposed) : "", decision.reason,
                                   decision.by.author, moment_words(decision.by.at_ms)));
  }
  html.close();
}

}  // namespace

Result<http::Reply> show_day(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const DayView view = BEFFROI_TRY(view_of(call, commune));
  const std::string title = view.of().name.name + ", " + day_words(view.day);
  return page(call, {title, "/cantines"}, [&](Html& html) {
    html.element("h1", title);
    const auto issued = view.window.forecasts.find(view.at());
    if (issued == view.window.forecasts.end()) html.element("p", "Aucune prévision n’a été faite pour ce jour.");
    else write_forecast(html, view, issued->second);
    write_context(html, view);
    if (issued != view.window.forecasts.end()) write_reasons(html, issued->second.forecast.reasons);
    write_decision(html, call, view);
    write_like_days(html, view);
    html.open("p", {{"class", "links"}});
    html.element("a", {{"href", "/cantines?du=" + forecast::to_iso(view.day - forecast::weekday_of(view.day))}},
                 "Toutes les cantines de cette semaine")
        .text(" ");
    html.element("a", {{"href", "/cantines/bilan/" + pages::percent_encoded(view.of().name.code)}}, "Le bilan de cette cantine").close();
  });
}

Result<http::Reply> decide_day(const Call& call) {
  const auto decide = [&]() -> Status {
    const http::Parameters form = BEFFROI_TRY(call.request.form());
    db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
    const DayView view = BEFFROI_TRY(view_of(call, commune));
    Decision decision;
    decision.meals = BEFFROI_TRY(count_in(form, "repas", "Repas à commander"));
    decision.reason = trimmed(form.value("raison"));
    decision.by = by(call.desk, call.visitor);
    if (const auto proposed = view.window.proposed(view.at(), view.window.settings.service))
      decision.proposed = static_cast<int>(*proposed);
    const std::string object = fmt::format("canteens:{}:{}", view.of().id, forecast::to_iso(view.day));
    return recorded(call.desk, call.visitor, audit::Action::order_decided, object,
                    [&] { return decide_order(commune, view.of().id, view.day, decision); });
  };
  return after_form(call, decide(), call.request.path + "?fait=decide", show_day);
}

}  // namespace beffroi::canteen
