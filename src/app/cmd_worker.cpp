// beffroi worker llm: the engine, a child of `beffroi serve`.
#include "app/commands.h"
#include "base/log.h"
#include "llm/worker/host.h"
#include "metering/energy_meter.h"

namespace beffroi::app {

int run_worker_llm(const Config&, const WorkerOptions& options) {
  llm::llama::EngineOptions engine;
  engine.model = options.model;
  engine.threads = options.threads;
  engine.context_tokens = options.context_tokens;
  engine.joules = metering::energy_meter();
  engine.states.folder = options.states;
  engine.states.memory_bytes = static_cast<std::size_t>(options.kept_memory_mb) << 20;
  engine.states.disk_bytes = options.states.empty() ? 0 : static_cast<std::size_t>(options.kept_disk_mb) << 20;
  const auto served = llm::worker::host(engine);
  if (served) return kDone;
  log::error("worker_llm", {{"code", std::string(name_of(served.error().code))}, {"detail", served.error().detail}});
  return kFailure;
}

}  // namespace beffroi::app
