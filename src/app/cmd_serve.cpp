// beffroi serve: opens the base and the door, then keeps both fresh until asked to stop.
#include <fmt/format.h>

#include <thread>

#include "app/commands.h"
#include "app/console.h"
#include "app/duties.h"
#include "app/engine.h"
#include "app/installation.h"
#include "app/parties.h"
#include "app/routes.h"
#include "app/signals.h"
#include "app/upkeep.h"
#include "db/kept_open.h"
#include "http/server.h"

namespace beffroi::app {

namespace {

http::ServerOptions listening_of(const ServerConfig& config, const ServeOptions& options) {
  http::ServerOptions door;
  door.address = options.address.empty() ? config.address : options.address;
  door.port = options.port == 0 ? config.port : options.port;
  door.tls = {config.tls_certificate, config.tls_key};
  door.io_threads = config.io_threads;
  door.handler_threads = config.handler_threads;
  return door;
}

// Threads of its own: the figures are read even while the town's are all busy.
Result<std::unique_ptr<http::Server>> serve_figures(const MetricsConfig& config, http::Router router) {
  http::ServerOptions door;
  door.address = config.address;
  door.port = config.port;
  door.handler_threads = 1;
  door.connections_limit = 20;
  auto server = http::Server::start(door, std::move(router));
  if (!server) return fail(server.error().code, "Section [metrics], listen\u00a0: " + server.error().message, server.error().detail);
  fmt::print(stderr, "Les mesures (/metrics) sont à l’adresse {}, port {}.\n", config.address, config.port);
  return server;
}

}  // namespace

int run_serve(const Config& config, const ServeOptions& options) {
  const StopOnSignal signals;
  const db::KeptOpen kept_open;
  const auto engine = Engine::open(config);
  if (!engine) return say_fault(engine.error());
  const auto directory = open_directory(config);  // kept open: the data cannot be moved or restored under a service at work
  if (!directory) return say_fault(directory.error());

  const auto traffic = std::make_shared<http::Traffic>();
  auto routers = routes_of(**engine, *directory, config, traffic);
  if (!routers) return say_fault(routers.error());
  Result<std::unique_ptr<http::Server>> figures = nullptr;
  if (routers->figures) figures = serve_figures(config.metrics, *std::move(routers->figures));
  if (!figures) return say_fault(figures.error());
  http::ServerOptions door = listening_of(config.server, options);
  door.traffic = traffic;
  const Parties parties(*directory, config.commune.id);
  door.party = [&parties](const http::Request& request) { return parties.of(request); };
  const auto server = http::Server::start(door, std::move(routers->town));
  if (!server) return say_fault(server.error());
  fmt::print(stderr, "Beffroi écoute sur {}://{}:{} ({} publications).\n", door.tls.certificate.empty() ? "http" : "https", door.address,
             (*server)->port(), (*engine)->corpus()->info().publications);

  const jobs::Runner jobs(duties_of(*directory, config));
  std::jthread background([&](const std::stop_token& stop) { keep_fresh(**engine, **directory, config, stop); });
  signals.wait();
  (*server)->stop();
  background.request_stop();
  (*server)->wait();
  return kDone;
}

}  // namespace beffroi::app
