// /cantines/previsions: the forecast is a job; the page tells how far it is when asked, and never reloads by itself.
#include <fmt/format.h>

#include <algorithm>

#include "jobs/queue.h"
#include "usecases/canteen/store/forecasts.h"
#include "usecases/canteen/web/forecast_job.h"
#include "usecases/canteen/web/page_list.h"

namespace beffroi::canteen {

namespace {

constexpr int kListed = 100;

// The last forecast asked for.
Result<std::optional<jobs::Job>> latest(db::Database& commune) {
  for (jobs::Job& job : BEFFROI_TRY(jobs::Queue(commune).list(kListed))) {
    if (job.kind == kForecastJob) return std::optional<jobs::Job>(std::move(job));
  }
  return std::optional<jobs::Job>{};
}

bool is_under_way(const std::optional<jobs::Job>& job) {
  return job && (job->state == jobs::State::waiting || job->state == jobs::State::running);
}

std::string words_of(const jobs::Job& job) {
  switch (job.state) {
    case jobs::State::waiting: return job.error.empty() ? "La prévision attend son tour." : "Nouvel essai bientôt\u00a0: " + job.error;
    case jobs::State::running: return "Prévision en cours" + (job.line.empty() ? std::string() : "\u00a0: " + job.line) + ".";
    case jobs::State::done: return "Prévision faite.";
    case jobs::State::failed: return "La prévision n’a pas été faite\u00a0: " + job.error;
    case jobs::State::stopped: return "La prévision a été arrêtée.";
  }
  return "";
}

Status start(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  if (is_under_way(BEFFROI_TRY(latest(commune)))) return fail(Code::conflict, "Une prévision est déjà en cours.");
  jobs::NewJob job;
  job.kind = kForecastJob;
  BEFFROI_TRY(jobs::Queue(commune).add(job));
  if (call.desk.wake) call.desk.wake();
  return {};
}

Status stop(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const auto job = BEFFROI_TRY(latest(commune));
  if (!is_under_way(job)) return fail(Code::conflict, "Aucune prévision n’est en cours.");
  return recorded(call.desk, call.visitor, audit::Action::job_stopped, std::to_string(job->id),
                  [&] { return jobs::Queue(commune).stop(job->id); });
}

void write_state(Html& html, const Call& call, const jobs::Job& job) {
  html.open("p", {{"role", "status"}}).text(words_of(job));
  if (job.state == jobs::State::running) {
    html.text(" ");
    html.element("progress", {{"max", "100"}, {"value", fmt::format("{:.0f}", 100 * job.progress)}, {"aria-label", "Avancement"}},
                 share_words(job.progress, 0));
  }
  html.close();
  if (!is_under_way(job)) return;
  html.element("p", {{"class", "quiet"}}, "Vous pouvez quitter cette page\u00a0: la prévision continue.");
  html.open("p").element("a", {{"class", "button"}, {"href", "/cantines/previsions"}}, "Actualiser l’avancement").close();
  if (!call.plans()) return;
  open_form(html, call, "/cantines/previsions/arret");
  write_button(html, "Arrêter", false);
  html.close();
}

}  // namespace

Result<http::Reply> start_forecast(const Call& call) { return after_form(call, start(call), "/cantines/previsions", show_forecast); }

Result<http::Reply> stop_forecast(const Call& call) {
  return after_form(call, stop(call), "/cantines/previsions?fait=arret", show_forecast);
}

Result<http::Reply> show_forecast(const Call& call) {
  db::Database commune = BEFFROI_TRY(call.visitor.tenant.connect());
  const auto job = BEFFROI_TRY(latest(commune));
  const auto run = BEFFROI_TRY(latest_run(commune));
  return page(call, {"Prévision", "/cantines"}, [&](Html& html) {
    html.element("h1", "Prévision");
    if (job) write_state(html, call, *job);
    else html.element("p", "Aucune prévision n’a encore été demandée.");
    if (run) html.element("p", fmt::format("La dernière prévision connaît les repas servis jusqu’au {}.", day_words(run->last_known)));
    html.open("p")
        .element("a", {{"class", is_under_way(job) ? "button" : "button button-main"}, {"href", "/cantines"}}, "Voir les commandes")
        .close();
  });
}

}  // namespace beffroi::canteen
