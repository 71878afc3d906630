// Signing in by the identity provider of the configuration: leaving for it, coming back, signing out on both sides.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "audit/journal.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/client.h"
#include "people/door.h"
#include "people/oidc/sign_in.h"

namespace beffroi::account {

inline constexpr const char* kProviderPath = "/connexion/oidc";

struct ProviderServices {
  std::shared_ptr<const people::Door> door;
  std::shared_ptr<people::oidc::ProviderSignIn> sign_in;
  std::shared_ptr<audit::Journal> journal;  // not null
  people::Edge edge;
  std::function<pages::Surroundings(const people::Visitor&)> around;
};

// /connexion/oidc, /connexion/oidc/retour (registered at the provider), /connexion/oidc/deconnexion (its back-channel logout).
void add_provider_routes(http::Router& router, const ProviderServices& services);

// See Services::sign_out_there. The provider sends back to /connexion, which must be registered there.
[[nodiscard]] Result<std::optional<http::Reply>> sign_out_there(const ProviderServices& services, const people::Visitor& visitor,
                                                                const http::Request& request);

}  // namespace beffroi::account
