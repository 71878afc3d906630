// beffroi serve: opens the base and the door, then keeps both fresh until asked to stop.
#include <fmt/format.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/installation.h"
#include "app/signals.h"
#include "base/log.h"
#include "http/server.h"
#include "knowledge/vectors_job.h"
#include "metering/process_cpu.h"
#include "tenants/tenant.h"
#include "usecases/assistant/assets.h"
#include "usecases/assistant/feedback.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/routes.h"

namespace beffroi::app {

namespace {

constexpr auto kLookEvery = std::chrono::seconds(5);
constexpr auto kQuiet = std::chrono::seconds(60);  // nobody asks anything: the model may read ahead

void log_fault(std::string_view event, const Error& error) {
  log::warn(event, {{"code", std::string(name_of(error.code))}, {"detail", error.detail.empty() ? error.message : error.detail}});
}

// Sleeps, or returns at once when asked to stop.
void pause(const std::stop_token& stop, std::chrono::milliseconds time) {
  std::mutex mutex;
  std::condition_variable_any woken;
  std::unique_lock lock(mutex);
  woken.wait_for(lock, stop, time, [] { return false; });
}

// What happens behind the door: an import made by another process is taken up, missing vectors are computed, the passages most asked for
// are read by the model.
void keep_fresh(Engine& engine, const Config& config, const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    if (const auto reloaded = engine.reload_if_changed(); !reloaded) log_fault("reload_failed", reloaded.error());
    else if (*reloaded) log::info("base_reloaded", {{"generation", engine.corpus()->info().generation}});
    if (engine.embedder() != nullptr) {
      knowledge::VectorsJob job;
      job.folder = config.corpus_folder();
      job.on_titles_done = [&engine] { (void)engine.reload_if_changed(); };
      const auto report = knowledge::compute_vectors(*engine.corpus(), *engine.embedder(), job, stop);
      if (!report && report.error().code != Code::cancelled && report.error().code != Code::busy)
        log_fault("vectors_failed", report.error());
      if (report && report->computed > 0) log::info("vectors_computed", {{"count", std::to_string(report->computed)}});
    }
    if (engine.selector() != nullptr) {
      const std::size_t read = engine.selector()->read_ahead(static_cast<std::size_t>(config.engine.read_ahead), kQuiet, stop);
      if (read > 0) log::info("read_ahead", {{"passages", std::to_string(read)}});
    }
    pause(stop, kLookEvery);
  }
}

http::ServerOptions door_of(const ServerConfig& config, const ServeOptions& options) {
  http::ServerOptions door;
  door.address = options.address.empty() ? config.address : options.address;
  door.port = options.port == 0 ? config.port : options.port;
  door.tls = {config.tls_certificate, config.tls_key};
  door.io_threads = config.io_threads;
  door.handler_threads = config.handler_threads;
  return door;
}

assistant::Meter::LookAtWorker look_at_worker(const Language& language) {
  if (!language.worker_pid) return {};
  return [pid_of = language.worker_pid]() -> std::optional<assistant::Meter::Worker> {
    const int pid = pid_of();
    const auto used = pid > 0 ? metering::process_cpu_s(pid) : std::nullopt;
    if (!used) return std::nullopt;
    return assistant::Meter::Worker{pid, *used};
  };
}

// Of the model at home when its size is published; another's estimate is unknown, that of a model served elsewhere too.
std::optional<metering::ModelSize> size_of(const Language& language) {
  if (language.chooser == nullptr || language.chooser->model_id() != llm::kDefaultModel) return std::nullopt;
  return metering::ModelSize{1.54, 1.54, 4};
}

Result<assistant::Services> services_of(Engine& engine, const Config& config) {
  const auto directory = BEFFROI_TRY(open_directory(config));
  const tenants::Tenant tenant = BEFFROI_TRY(directory->by_host({}));
  assistant::Services services;
  services.answerer = [&engine] { return engine.answerer(); };
  services.corpus = [&engine] { return engine.corpus(); };
  services.embedder = engine.embedder();
  if (const auto& writer = engine.language().writer) services.rewriter = std::make_shared<const answers::Rewriter>(writer);
  services.commune = tenant.id();
  services.feedback = assistant::make_feedback_store(tenant);
  services.meter = std::make_shared<assistant::Meter>(tenant, look_at_worker(engine.language()), size_of(engine.language()));
  services.town_hall = engine.town_hall();
  services.version = BEFFROI_VERSION;
  services.skin = assistant::embedded_skin();
  return services;
}

}  // namespace

int run_serve(const Config& config, const ServeOptions& options) {
  const StopOnSignal signals;
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto services = services_of(**engine, config);
  if (!services) return say_fault(services.error());

  http::Router router;
  assistant::add_api_routes(router, *services);
  assistant::add_page_routes(router, *services);
  const http::ServerOptions door = door_of(config.server, options);
  const auto server = http::Server::start(door, std::move(router));
  if (!server) return say_fault(server.error());
  fmt::print(stderr, "Beffroi écoute sur {}://{}:{} ({} publications).\n", door.tls.certificate.empty() ? "http" : "https", door.address,
             (*server)->port(), (*engine)->corpus()->info().publications);

  std::jthread background([&](const std::stop_token& stop) { keep_fresh(**engine, config, stop); });
  signals.wait();
  (*server)->stop();
  background.request_stop();
  (*server)->wait();
  return kDone;
}

}  // namespace beffroi::app
