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
#include "app/served.h"
#include "app/signals.h"
#include "base/clock.h"
#include "base/log.h"
#include "http/server.h"
#include "knowledge/vectors_job.h"
#include "metering/process_cpu.h"
#include "people/guarded_door.h"
#include "usecases/account/account.h"
#include "usecases/assistant/assets.h"
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

http::ServerOptions listening_of(const ServerConfig& config, const ServeOptions& options) {
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

Served::Parts parts_of(Engine& engine, std::shared_ptr<const tenants::Directory> directory) {
  Served::Parts parts;
  parts.directory = std::move(directory);
  parts.shared.answerer = [&engine] { return engine.answerer(); };
  parts.shared.corpus = [&engine] { return engine.corpus(); };
  parts.shared.embedder = engine.embedder();
  if (const auto& writer = engine.language().writer) parts.shared.rewriter = std::make_shared<const answers::Rewriter>(writer);
  parts.shared.version = BEFFROI_VERSION;
  parts.worker = look_at_worker(engine.language());
  parts.model_size = size_of(engine.language());
  parts.skin = assistant::embedded_skin();
  return parts;
}

people::SessionRules rules_of(const PeopleConfig& config) {
  return {std::int64_t{config.session_idle_minutes} * 60'000, std::int64_t{config.session_hours} * 3'600'000};
}

people::Edge edge_of(const ServerConfig& config) { return {config.proxies, config.https || !config.tls_certificate.empty()}; }

std::shared_ptr<const people::Door> door_of(std::shared_ptr<const tenants::Directory> directory, const Config& config) {
  people::DoorParts parts;
  parts.communes = {[directory](std::string_view id) { return directory->tenant(id); },
                    [directory](std::string_view host) { return directory->by_host(host); }};
  parts.now_ms = now_ms;
  parts.rules = rules_of(config.people);
  parts.edge = edge_of(config.server);
  return people::guarded_door(std::move(parts));
}

http::Router routes_of(Engine& engine, const std::shared_ptr<const tenants::Directory>& directory, const Config& config) {
  const auto door = door_of(directory, config);
  const auto served = std::make_shared<Served>(parts_of(engine, directory));
  const assistant::Entrance entrance{door, [served](const people::Visitor& visitor) { return served->services(visitor); }};
  http::Router router;
  assistant::add_api_routes(router, entrance);
  assistant::add_page_routes(router, entrance);
  assistant::add_open_routes(router, [&engine] { return engine.corpus() != nullptr && engine.answerer() != nullptr; });

  account::Services account;
  account.door = door;
  people::SignIn::Parts sign_in = people::SignIn::of_this_machine();
  sign_in.rules = rules_of(config.people);
  account.sign_in = std::make_shared<people::SignIn>(std::move(sign_in));
  account.edge = edge_of(config.server);
  account.around = [served](const people::Visitor& visitor) { return served->around(visitor); };
  account::add_routes(router, account);
  return router;
}

// A route that names no right would be open to everybody by omission: nothing is served then.
Status check_rights(const http::Router& router) {
  for (const http::Route& route : router.routes()) {
    if (!people::right_of(route.right)) {
      return fail(Code::internal, "Une adresse du service ne dit pas qui peut l’ouvrir\u00a0: rien n’est servi.",
                  "no right: " + route.pattern);
    }
  }
  return {};
}

}  // namespace

int run_serve(const Config& config, const ServeOptions& options) {
  const StopOnSignal signals;
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto directory = open_directory(config);
  if (!directory) return say_fault(directory.error());

  http::Router router = routes_of(**engine, *directory, config);
  if (const Status named = check_rights(router); !named) return say_fault(named.error());
  const http::ServerOptions door = listening_of(config.server, options);
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
