#include "app/routes.h"

#include <algorithm>
#include <utility>

#include "app/machine.h"
#include "app/oversight.h"
#include "app/provider.h"
#include "app/served.h"
#include "app/upstream.h"
#include "audit/journal.h"
#include "base/clock.h"
#include "compliance/charter_door.h"
#include "http/server.h"
#include "metering/process_cpu.h"
#include "people/guarded_door.h"
#include "usecases/account/account.h"
#include "usecases/administration/administration.h"
#include "usecases/administration/metrics.h"
#include "usecases/assistant/assets.h"
#include "usecases/assistant/meter.h"
#include "usecases/assistant/routes.h"
#include "usecases/canteen/web/desk.h"
#include "usecases/gateway/gateway.h"

namespace beffroi::app {

namespace {

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

// Of the catalogue, which the file was checked against when it was installed.
std::string sha256_of(const Config& config, std::string_view model) {
  for (const llm::CatalogueEntry& entry : config.models) {
    if (entry.id == model) return entry.sha256;
  }
  return {};
}

Served::Parts parts_of(Engine& engine, std::shared_ptr<const tenants::Directory> directory, const Config& config) {
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
  parts.journal = audit::make_journal();
  if (const auto& chooser = engine.language().chooser) {
    parts.home_model = chooser->model_id();
    parts.model_sha256 = sha256_of(config, parts.home_model);
  }
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

gateway::Sending sending_of(const Engine& engine, const Config& config) {
  gateway::Sending sending;
  if (engine.language().writer == nullptr) return sending;
  const bool upstream = !config.upstream.url.empty();
  sending.destination = upstream ? privacy::Destination::upstream : privacy::Destination::local;
  sending.policy = upstream_policy(config);
  sending.place = engine.language().writer->model_id();
  return sending;
}

// Half of the threads of the server to one commune, and a quarter always left to what needs no model.
std::shared_ptr<gateway::Crowd> crowd_of(const ServerConfig& config) {
  const int threads = static_cast<int>(http::handler_threads(config.handler_threads));
  return std::make_shared<gateway::Crowd>(
      gateway::Crowd::Limits{std::max(1, threads / 2), std::max(1, threads / 2), std::max(1, threads * 3 / 4)});
}

gateway::Services gateway_of(Engine& engine, const std::shared_ptr<Served>& served, const Config& config) {
  gateway::Services services;
  services.answerer = [&engine] { return engine.answerer(); };
  services.corpus = [&engine] { return engine.corpus(); };
  services.may_read_base = [served](const tenants::Tenant& tenant) { return served->base_is_open(tenant); };
  services.town_hall = [served](const tenants::Tenant& tenant) { return served->town_hall(tenant); };
  services.embedder = engine.embedder();
  services.model = engine.language().writer;
  services.why_no_model = engine.language().why_not;
  services.sending = sending_of(engine, config);
  services.meter = [served](const people::Visitor& visitor, std::string_view service, const llm::Usage& usage) {
    served->count(visitor.tenant, service, usage);
  };
  services.around = [served](const people::Visitor& visitor) { return served->around(visitor); };
  services.crowd = crowd_of(config.server);
  services.now_ms = now_ms;
  return services;
}

// The page of quotas, among those of the administration.
const administration::Section kQuotas{people::Right::manage_settings, "/administration/quotas", "Quotas",
                                      "Limiter ce que chacun peut demander."};

// Pages of other use cases that the administration's first page leads to, when they are served.
std::vector<administration::Section> others_of(const http::Router& router) {
  using people::Right;
  std::vector<administration::Section> served;
  for (administration::Section& section : std::vector<administration::Section>{
           kQuotas,
           {Right::see_audit, "/conformite/journal", "Journal", "Qui a fait quoi, et quand."},
           {Right::see_register, "/conformite/registre", "Registre des traitements", "Ce que Beffroi fait des données."},
           {Right::serve_requests, "/conformite/personnes", "Demandes des personnes", "Répondre à une demande d’accès ou d’effacement."},
           {Right::manage_retention, "/conformite/conservation", "Conservation", "Combien de temps les données sont gardées."},
           {Right::manage_charter, "/conformite/charte", "Charte d’usage", "Lire les versions, en publier une nouvelle."},
       }) {
    for (const http::Route& route : router.routes()) {
      if (route.method != http::Method::get || route.pattern != section.path) continue;
      served.push_back(std::move(section));
      break;
    }
  }
  return served;
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

Result<Routers> routes_of(Engine& engine, const std::shared_ptr<tenants::Directory>& directory, const Config& config,
                          const std::shared_ptr<const http::Traffic>& traffic) {
  const auto door = compliance::charter_door(door_of(directory, config));
  Served::Parts parts = parts_of(engine, directory, config);
  const auto journal = parts.journal;
  const auto served = std::make_shared<Served>(std::move(parts));
  const assistant::Entrance entrance{door, [served](const people::Visitor& visitor) { return served->services(visitor); }};
  Routers routers;
  http::Router& router = routers.town;
  assistant::add_api_routes(router, entrance);
  assistant::add_page_routes(router, entrance);
  assistant::add_open_routes(
      router, [&engine, directory] { return engine.corpus() != nullptr && engine.answerer() != nullptr && directory->list().has_value(); });

  account::Services account;
  account.door = door;
  people::SignIn::Parts sign_in = people::SignIn::of_this_machine();
  sign_in.rules = rules_of(config.people);
  account.sign_in = std::make_shared<people::SignIn>(std::move(sign_in));
  account.journal = journal;
  account.edge = edge_of(config.server);
  account.around = [served](const people::Visitor& visitor) { return served->around(visitor); };
  BEFFROI_CHECK(add_provider(router, account, *directory, config));
  account::add_routes(router, account);

  gateway::Services gateway = gateway_of(engine, served, config);
  gateway.record = [journal](const people::Visitor& visitor, const audit::Entry& entry) { return journal->write(visitor.tenant, entry); };
  gateway.door = door;
  gateway.tabs = [](pages::Html& html, const people::Visitor& visitor) {
    administration::write_tabs(html, visitor, {kQuotas}, kQuotas.path);
  };
  gateway::add_api_routes(router, gateway);
  gateway::add_page_routes(router, gateway);

  canteen::Desk desk;
  desk.around = account.around;
  desk.journal = journal;
  desk.now_ms = now_ms;
  canteen::add_canteen_routes(router, door, desk);
  add_oversight(router, directory, config, {door, account.around});

  administration::Services administration;
  administration.door = door;
  administration.sign_in = account.sign_in;
  administration.directory = directory;
  administration.around = account.around;
  administration.journal = journal;
  administration.now_ms = now_ms;
  administration.machine = machine_of(engine, served, config, traffic);
  administration.others = others_of(router);
  administration::add_routes(router, administration);
  const administration::Metrics metrics{door, directory, administration.machine, account.edge, config.metrics.allow};
  if (config.metrics.address.empty()) administration::add_metrics_route(router, metrics);
  else routers.figures = administration::metrics_router(metrics);
  BEFFROI_CHECK(check_rights(router));
  return routers;
}

}  // namespace beffroi::app
