#include "app/served.h"

#include <array>
#include <string_view>

#include "app/installation.h"
#include "compliance/who.h"
#include "people/right.h"
#include "usecases/assistant/feedback.h"

namespace beffroi::app {

namespace {

using people::Right;

// The menu, in its order: an entry is shown to who may open it.
struct MenuLine {
  Right right;
  std::string_view path, label;
};
constexpr std::array<MenuLine, 6> kMenu{{
    {Right::ask, "/", "Poser une question"},
    {Right::ask, "/recherche", "Chercher une fiche"},
    {Right::see_canteens, "/cantines", "Cantines"},
    {Right::own_account, "/donnees-personnelles", "Données personnelles"},
    {Right::see_register, "/conformite", "Conformité"},
    {Right::see_health, "/administration", "Administration"},
}};

answers::TownHall shown(const tenants::TownHall& hall) { return {hall.name, hall.telephone, hall.address, hall.hours, hall.url}; }

}  // namespace

Served::Commune Served::commune(const tenants::Tenant& tenant) {
  const std::lock_guard lock(mutex_);
  const auto known = communes_.find(tenant.id());
  if (known != communes_.end()) return known->second;
  const Commune made{assistant::make_feedback_store(tenant), std::make_shared<assistant::Meter>(tenant, parts_.worker, parts_.model_size)};
  communes_.emplace(tenant.id(), made);
  return made;
}

Result<assistant::Services> Served::services(const people::Visitor& visitor) {
  if (!BEFFROI_TRY(base_is_open(visitor.tenant))) {
    return fail(Code::denied, "La base officielle n’est pas ouverte à cette commune\u00a0: son administrateur peut la faire ouvrir.");
  }
  assistant::Services services = parts_.shared;
  const Commune own = commune(visitor.tenant);
  services.commune = visitor.tenant.id();
  services.feedback = own.feedback;
  services.meter = own.meter;
  services.town_hall = BEFFROI_TRY(town_hall(visitor.tenant));
  services.around = around(visitor);
  services.trace = {
      compliance::who_of(visitor),
      [journal = parts_.journal, tenant = visitor.tenant](const audit::Entry& entry) { return journal->write(tenant, entry); },
      parts_.home_model, parts_.model_sha256};
  return services;
}

metering::Totals Served::spent() {
  std::vector<std::shared_ptr<assistant::Meter>> meters;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, commune] : communes_) meters.push_back(commune.meter);
  }
  metering::Totals all;
  for (const auto& meter : meters) {
    const metering::Totals one = meter->report().all;
    all.requests += one.requests, all.without_model += one.without_model;
    all.prompt_tokens += one.prompt_tokens, all.reused_tokens += one.reused_tokens, all.generated_tokens += one.generated_tokens;
  }
  return all;
}

Result<bool> Served::base_is_open(const tenants::Tenant& tenant) const { return parts_.directory->may_read(tenant, kSharedCorpus); }

Result<answers::TownHall> Served::town_hall(const tenants::Tenant& tenant) const {
  return shown(BEFFROI_TRY(parts_.directory->town_hall(tenant)));
}

void Served::count(const tenants::Tenant& tenant, std::string_view service, const llm::Usage& usage) {
  commune(tenant).meter->add(service, usage);
}

pages::Surroundings Served::around(const people::Visitor& visitor) const {
  pages::Surroundings around;
  around.skin = parts_.skin;
  around.town_hall = visitor.tenant.name();
  around.person = visitor.kind == people::Visitor::Kind::person ? visitor.name : std::string();
  around.csrf = visitor.csrf;
  for (const MenuLine& line : kMenu) {
    if (!visitor.must_change && visitor.may(line.right)) around.menu.push_back({std::string(line.path), std::string(line.label)});
  }
  return around;
}

}  // namespace beffroi::app
