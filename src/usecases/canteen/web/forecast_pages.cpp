// /cantines/previsions: the forecast runs in the background; the page tells how far it is when asked, and never reloads by itself.
#include <fmt/format.h>

#include "usecases/canteen/store/forecasting.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

constexpr int kDaysAhead = 28;

}  // namespace

Result<http::Reply> start_forecast(const Call& call) {
  Tasks::Work work = [tenant = call.visitor.tenant, boosting = call.desk.boosting, who = by(call.desk, call.visitor),
                      now = today(call.desk)](const Tasks::Report& report, const std::stop_token& stop) -> Result<std::string> {
    db::Database commune = BEFFROI_TRY(tenant.connect());
    const ForecastDone done = BEFFROI_TRY(forecast_town(commune, {now, kDaysAhead, who, boosting.get(), report, stop}));
    return fmt::format("{} prévisions faites, d’après les repas servis jusqu’au {}.", done.forecasts, day_words(done.last_known));
  };
  return after_form(call, call.desk.tasks->start(call.visitor.tenant.id(), std::move(work)), "/cantines/previsions", show_forecast);
}

Result<http::Reply> stop_forecast(const Call& call) {
  call.desk.tasks->stop(call.visitor.tenant.id());
  return http::see_other("/cantines/previsions?fait=arret");
}

Result<http::Reply> show_forecast(const Call& call) {
  const auto state = call.desk.tasks->state(call.visitor.tenant.id());
  const bool running = state && state->phase == TaskState::Phase::running;
  return page(call, {"Prévision", "/cantines"}, [&](Html& html) {
    html.element("h1", "Prévision");
    if (!state) {
      html.element("p", "Aucune prévision n’a été lancée depuis le démarrage du serveur.");
    } else if (running) {
      html.open("p", {{"role", "status"}}).text("Prévision en cours\u00a0: ");
      html.element("progress",
                   {{"max", std::to_string(state->total)}, {"value", std::to_string(state->done)}, {"aria-label", "Avancement"}},
                   fmt::format("{} sur {}", state->done, state->total));
      html.text(fmt::format(" étape {} sur {}.", state->done + 1, state->total)).close();
      html.element("p", {{"class", "quiet"}}, "Vous pouvez quitter cette page\u00a0: la prévision continue.");
      html.open("p").element("a", {{"class", "button"}, {"href", "/cantines/previsions"}}, "Actualiser l’avancement").close();
      if (call.plans()) {
        open_form(html, call, "/cantines/previsions/arret");
        write_button(html, "Arrêter", false);
        html.close();
      }
    } else {
      html.element("p", {{"role", "status"}}, state->words);
    }
    html.open("p")
        .element("a", {{"class", running ? "button" : "button button-main"}, {"href", "/cantines"}}, "Voir les commandes")
        .close();
  });
}

}  // namespace beffroi::canteen
