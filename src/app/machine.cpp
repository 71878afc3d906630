#include "app/machine.h"

#include <utility>

#include "base/clock.h"
#include "llm/worker/worker_model.h"

namespace beffroi::app {

namespace {

using administration::Destination;
using administration::WorkerSeen;

std::string policy_words(const Config& config) {
  if (config.privacy.upstream_refuses) return "un texte qui en contient n’est pas envoyé";
  return "remplacées par des codes avant l’envoi, remises au retour";
}

std::vector<Destination> destinations_of(const Engine& engine, const Config& config) {
  const auto& writer = engine.language().writer;
  if (writer == nullptr) return {};
  if (config.upstream.url.empty()) {
    return {{"Sur cette machine", writer->model_id(), "elles ne quittent pas la machine", writer->health()}};
  }
  return {{config.upstream.url, config.upstream.model, policy_words(config), writer->health()}};
}

WorkerSeen seen(const llm::worker::WorkerModel& home) {
  const proc::SupervisorState state = home.state();
  const llm::Queue::Load load = home.load();
  WorkerSeen worker;
  worker.words = state.in_words();
  worker.well = state.phase != proc::Phase::failed && state.phase != proc::Phase::backing_off;
  worker.pid = state.pid;
  worker.starts = state.starts;
  worker.running = load.running;
  worker.waiting = load.waiting;
  return worker;
}

}  // namespace

administration::Machine machine_of(const Engine& engine, const std::shared_ptr<Served>& served, const Config& config,
                                   std::shared_ptr<const http::Traffic> traffic) {
  administration::Machine machine;
  machine.version = BEFFROI_VERSION;
  machine.home = config.home;
  machine.started_ms = now_ms();
  machine.corpus = [&engine] { return engine.corpus(); };
  machine.models = std::make_shared<const llm::ModelStore>(llm::ModelStore::Places{config.models_folder(), config.deps}, config.models);
  const Language& language = engine.language();
  if (language.home != nullptr) machine.model_in_use = language.home->model_id();
  machine.why_no_model = language.why_not;
  machine.destinations = [&engine, config] { return destinations_of(engine, config); };
  machine.worker = [home = language.home]() -> std::optional<WorkerSeen> {
    if (home == nullptr) return std::nullopt;
    return seen(*home);
  };
  machine.spent = [served] { return served->spent(); };
  machine.traffic = std::move(traffic);
  return machine;
}

}  // namespace beffroi::app
