#include "app/language.h"

#include <algorithm>
#include <filesystem>
#include <thread>
#include <utility>

#include "app/upstream.h"
#include "llm/worker/worker_model.h"

namespace beffroi::app {

namespace {

Language at_home(const EngineConfig& engine, const Config& config, const std::filesystem::path& model) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int threads = engine.threads > 0 ? engine.threads : std::min(2, cores);
  llm::worker::WorkerOptions options;
  options.model_id = engine.model;
  options.slots = engine.slots;
  options.max_waiting = engine.max_waiting;
  options.child.name = "moteur de langue";
  options.child.silence_limit = std::chrono::seconds(60);  // one step of reading, on a slow machine that does other things
  options.child.command = {"/proc/self/exe",
                           "worker",
                           "llm",
                           "--model",
                           model.string(),
                           "--states",
                           config.states_folder().string(),
                           "--threads",
                           std::to_string(threads),
                           "--context",
                           std::to_string(engine.context_tokens),
                           "--memory-mb",
                           std::to_string(engine.kept_memory_mb),
                           "--disk-mb",
                           std::to_string(engine.kept_disk_mb)};
  const auto worker = std::make_shared<llm::worker::WorkerModel>(std::move(options));
  return Language{worker, worker, [worker] { return worker->state().pid; }, worker, nullptr, {}};
}

}  // namespace

Result<Language> language_of(const Config& config) {
  Language none;
  if (std::shared_ptr<llm::ChatModel> upstream = BEFFROI_TRY(configured_upstream(config))) {
    none.writer = std::move(upstream);
    return none;
  }
  if (config.engine.model.empty()) {
    none.why_not = "Aucun modèle de langue n’est configuré.";
    return none;
  }
  const llm::ModelStore store({config.models_folder(), config.deps}, config.models);
  const auto path = store.path_of(config.engine.model);
  if (!path && path.error().code == Code::invalid_argument) return tl::unexpected(path.error());
  if (!path) {
    none.why_not = path.error().message;
    return none;
  }
  auto hold = llm::ModelHold::take(*path);
  if (!hold) {
    none.why_not = hold.error().message;
    return none;
  }
  Language language = at_home(config.engine, config, *path);
  language.hold = std::make_shared<const llm::ModelHold>(std::move(*hold));
  return language;
}

}  // namespace beffroi::app
