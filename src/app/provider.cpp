#include "app/provider.h"

#include <algorithm>
#include <chrono>

#include "app/secret_file.h"
#include "base/clock.h"
#include "base/log.h"
#include "people/oidc/roles.h"
#include "people/oidc/sign_in.h"
#include "usecases/account/provider.h"

namespace beffroi::app {

namespace {

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Status write_groups(const tenants::Directory& directory, const std::vector<people::oidc::ClaimedRole>& roles) {
  const auto all = BEFFROI_TRY(directory.all());
  for (const tenants::Tenant& tenant : all) {
    if (const Status applied = people::oidc::apply_roles(tenant, roles); !applied) {
      return tl::unexpected(Error(applied.error()).at("[oidc.roles], " + tenant.id()));
    }
  }
  for (const auto& role : roles) {
    if (std::none_of(all.begin(), all.end(), [&role](const tenants::Tenant& tenant) { return tenant.id() == role.commune; })) {
      log::warn("oidc_role_of_no_commune", {{"commune", role.commune}});
    }
  }
  return {};
}

Result<people::oidc::Settings> settings_of(const OidcConfig& config) {
  people::oidc::Settings settings = config.settings;
  if (config.client_secret_file.empty()) return settings;
  settings.client_secret = BEFFROI_TRY(read_secret_file(config.client_secret_file));
  if (!settings.client_secret.empty()) return settings;
  return fail(Code::bad_input, "Le fichier du secret du fournisseur d’identité est vide.");
}

}  // namespace

Status add_provider(http::Router& router, account::Services& account, const tenants::Directory& directory, const Config& config) {
  BEFFROI_CHECK(write_groups(directory, config.oidc.settings.roles));
  if (config.oidc.settings.issuer.empty()) return {};
  const people::oidc::Settings settings = BEFFROI_TRY(settings_of(config.oidc));
  crypto::Sealer sealer = BEFFROI_TRY(crypto::Sealer::open(config.home / "secret.key"));
  account::ProviderServices services{account.door, nullptr, account.journal, account.edge, account.around};
  services.sign_in = std::make_shared<people::oidc::ProviderSignIn>(settings, people::oidc::Provider::Clocks{now_ms, steady_ms},
                                                                    account.sign_in, std::move(sealer));
  account::add_provider_routes(router, services);
  account.providers = [label = settings.label](const tenants::Tenant&) {
    return std::vector<account::Provider>{{account::kProviderPath, label}};
  };
  account.sign_out_there = [services](const people::Visitor& visitor, const http::Request& request) {
    return account::sign_out_there(services, visitor, request);
  };
  return {};
}

}  // namespace beffroi::app
