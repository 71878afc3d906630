// /administration/taches: work in the background, its progress, its faults; stopping it, beginning it again.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "jobs/queue.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using jobs::Job;
using jobs::State;

constexpr std::string_view kPath = "/administration/taches";
constexpr int kShown = 100;

std::int64_t number_of(const Call& call) {
  const std::string text = call.captured("numero");
  std::int64_t number = 0;
  (void)std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string path_of(const Job& job) { return fmt::format("{}/{}", kPath, job.id); }

struct KindWords {
  std::string_view kind, title;
};
constexpr KindWords kKinds[] = {
    {"canteen.forecast", "Prévision des cantines"},
    {"compliance.purge", "Effacement de ce qui a fait son temps"},
};

std::string title_of(const Job& job) {
  for (const KindWords& words : kKinds) {
    if (words.kind == job.kind) return std::string(words.title);
  }
  return job.kind;
}

std::string_view words_of(State state) {
  switch (state) {
    case State::waiting: return "En attente";
    case State::running: return "En cours";
    case State::done: return "Terminée";
    case State::failed: return "En échec";
    case State::stopped: return "Arrêtée";
  }
  return {};
}

std::string when(const Job& job) {
  if (job.finished_ms > 0) return "Finie le " + pages::french_moment(job.finished_ms);
  return "Demandée le " + pages::french_moment(job.created_ms);
}

void write_job(Html& html, const Call& call, const Job& job) {
  html.open("li", {{"class", "card"}}).element("h2", title_of(job));
  html.open("p").element("strong", job.stop_requested && job.state == State::running ? "Arrêt demandé" : words_of(job.state));
  html.text(". " + when(job) + ".").close();
  if (job.state == State::running || (job.state == State::waiting && job.progress > 0)) {
    const std::string percent = fmt::format("{:.0f}", std::floor(100 * job.progress));
    const std::string label = "avancement-" + std::to_string(job.id);
    html.element("p", {{"id", label}}, fmt::format("{}\u00a0% faits{}{}", percent, job.line.empty() ? "" : "\u00a0: ", job.line));
    html.element("progress", {{"value", percent}, {"max", "100"}, {"aria-labelledby", label}}, percent + "\u00a0%");
  } else if (!job.line.empty()) {
    html.element("p", job.line);
  }
  if (!job.error.empty() && job.state != State::done) html.element("p", {{"class", "admin-alert"}}, "Dernière erreur\u00a0: " + job.error);
  if (job.state == State::waiting && job.attempts > 0) {
    html.element("p", {{"class", "quiet"}}, fmt::format("Essai {} sur {}.", job.attempts, job.max_attempts));
  }
  const bool under_way = job.state == State::waiting || job.state == State::running;
  if (under_way && !job.stop_requested) write_link_button(html, path_of(job) + "/arreter", "Arrêter", title_of(job));
  if (job.state == State::failed || job.state == State::stopped) {
    write_act(html, call, path_of(job) + "/reprendre", "Recommencer", title_of(job));
  }
  html.close();
}

}  // namespace

Result<http::Reply> show_jobs(const Call& call) {
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const auto all = BEFFROI_TRY(jobs::Queue(database, call.services.now_ms).list(kShown));
  return page(call, {"Tâches", kPath}, [&](Html& html) {
    html.element("h1", "Tâches");
    html.element("p", "Le travail que Beffroi fait en arrière-plan. Il reprend de lui-même après une panne de la machine. Rechargez la page pour voir où "
                      "il en est.");
    if (all.empty()) {
      html.element("p", "Aucune tâche pour l’instant.");
      return;
    }
    html.open("ul", {{"class", "cards"}});
    for (const Job& job : all) write_job(html, call, job);
    html.close();
    if (all.size() == kShown) html.element("p", fmt::format("Les {} dernières sont montrées.", kShown));
  });
}

Result<http::Reply> ask_stop_job(const Call& call) {
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const auto job = BEFFROI_TRY(jobs::Queue(database, call.services.now_ms).find(number_of(call)));
  if (!job) return fail(Code::not_found, "Cette tâche n’existe pas, ou n’existe plus.");
  return confirm(call, kPath,
                 {fmt::format("Arrêter «\u00a0{}\u00a0»\u00a0?", title_of(*job)),
                  "Ce qui était commencé n’est pas gardé. Vous pourrez la recommencer depuis le début.", "Oui, arrêter", path_of(*job) + "/arreter",
                  std::string(kPath)});
}

Result<http::Reply> stop_job(const Call& call) {
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const Status stopped = jobs::Queue(database, call.services.now_ms).stop(number_of(call));
  if (stopped) BEFFROI_CHECK(note(call, audit::Action::job_stopped, std::to_string(number_of(call))));
  return after_form(call, stopped, std::string(kPath) + "?fait=arret", show_jobs);
}

Result<http::Reply> retry_job(const Call& call) {
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const Status retried = jobs::Queue(database, call.services.now_ms).retry(number_of(call));
  if (retried) {
    BEFFROI_CHECK(note(call, audit::Action::job_retried, std::to_string(number_of(call))));
    if (call.services.wake) call.services.wake();
  }
  return after_form(call, retried, std::string(kPath) + "?fait=reprise", show_jobs);
}

}  // namespace beffroi::administration
