// The table of the configuration, written as groups of the commune: an administrator sees there where roles come from, and groups that the
// commune made itself count the same. Functions of one Tenant: any thread.
#pragma once

#include <span>
#include <string>

#include "base/result.h"
#include "people/oidc/settings.h"
#include "tenants/tenant.h"

namespace beffroi::people::oidc {

// How the names of these groups begin: whoever renames one takes it over.
inline constexpr std::string_view kGroupPrefix = "beffroi.toml\u00a0: ";

// Groups of the table that are missing or different are written, those it no longer has are removed with the roles they gave.
[[nodiscard]] Status apply_roles(const tenants::Tenant& tenant, std::span<const ClaimedRole> roles);

// True when one of these groups of the provider gives a role here.
[[nodiscard]] Result<bool> gives_a_role(const tenants::Tenant& tenant, std::span<const std::string> provider_groups);

}  // namespace beffroi::people::oidc
