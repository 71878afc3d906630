// Signing in by the identity provider of [oidc], when there is one.
#pragma once

#include <memory>

#include "app/config.h"
#include "base/result.h"
#include "http/router.h"
#include "tenants/directory.h"
#include "usecases/account/account.h"

namespace beffroi::app {

// Adds its routes and its button, and writes in every commune the groups of the configuration: those it has no more give nothing, even
// without [oidc]. Nothing is asked of the provider yet. Code::denied when others may read the secret; Code::invalid_argument for a role
// that cannot be given in its commune.
[[nodiscard]] Status add_provider(http::Router& router, account::Services& account, const tenants::Directory& directory,
                                  const Config& config);

}  // namespace beffroi::app
