#include "app/oversight.h"

#include <filesystem>
#include <utility>

#include "base/clock.h"
#include "people/key.h"
#include "usecases/canteen/keepers.h"
#include "usecases/canteen/store/sites.h"
#include "usecases/gateway/keepers.h"
#include "usecases/oversight/oversight.h"
#include "usecases/oversight/purge_job.h"

namespace beffroi::app {

namespace {

compliance::ModelInUse model_of(const Config& config) {
  if (!config.upstream.url.empty()) return {config.upstream.model, "", config.upstream.url};
  if (config.engine.model.empty() || !std::filesystem::exists(config.models_folder() / (config.engine.model + ".gguf"))) return {};
  for (const llm::CatalogueEntry& entry : config.models) {
    if (entry.id == config.engine.model) return {entry.id, entry.sha256, ""};
  }
  return {};
}

}  // namespace

std::vector<compliance::Keeper> program_keepers() {
  std::vector<compliance::Keeper> keepers = compliance::common_keepers();
  for (compliance::Keeper& keeper : canteen::canteen_keepers()) keepers.push_back(std::move(keeper));
  for (compliance::Keeper& keeper : gateway::gateway_keepers()) keepers.push_back(std::move(keeper));
  return keepers;
}

Result<compliance::Facts> facts_of(const Config& config, const tenants::Directory& directory, const tenants::Tenant& tenant) {
  compliance::Facts facts;
  facts.commune = tenant.id();
  const tenants::TownHall hall = BEFFROI_TRY(directory.town_hall(tenant));
  facts.town_hall = hall.name;
  facts.address = hall.address;
  facts.telephone = hall.telephone;
  facts.delegate = BEFFROI_TRY(compliance::delegate_of(tenant));
  facts.model = model_of(config);
  facts.masks_upstream = !config.privacy.upstream_refuses;
  facts.semantic_search = config.search.semantic;
  facts.api = !BEFFROI_TRY(people::keys(tenant)).empty();
  facts.oidc = !config.oidc.settings.issuer.empty();
  facts.store = config.store.postgres.empty() ? "SQLite" : "PostgreSQL";
  facts.backups = BEFFROI_TRY(directory.backups()).size();
  db::Database database = BEFFROI_TRY(tenant.connect());
  facts.canteens = !BEFFROI_TRY(canteen::sites(database)).empty();
  return facts;
}

compliance::Backups backups_of(std::shared_ptr<const tenants::Directory> directory) {
  return [directory = std::move(directory)]() -> Result<std::vector<compliance::BackupHeld>> {
    std::vector<compliance::BackupHeld> held;
    for (const tenants::BackupMade& made : BEFFROI_TRY(directory->backups())) held.push_back({made.file, made.at_ms});
    return held;
  };
}

void add_oversight(http::Router& router, const std::shared_ptr<const tenants::Directory>& directory, const Config& config,
                   const Entrance& entrance) {
  oversight::Services services;
  services.door = entrance.door;
  services.around = entrance.around;
  services.now_ms = now_ms;
  services.keepers = program_keepers();
  services.facts = [directory, config](const tenants::Tenant& tenant) { return facts_of(config, *directory, tenant); };
  services.backups = backups_of(directory);
  oversight::add_routes(router, services);
}

jobs::Handler purge_job(std::shared_ptr<const tenants::Directory> directory) {
  oversight::PurgeParts parts;
  parts.tenant_of = [directory](std::string_view id) { return directory->in_any_state(id); };
  parts.keepers = program_keepers();
  parts.backups = backups_of(directory);
  parts.now_ms = now_ms;
  return oversight::purge_handler(std::move(parts));
}

}  // namespace beffroi::app
