// The tables of sign in by a provider, in a commune's own database: number 18.
#pragma once

#include <span>

#include "db/database.h"

namespace beffroi::people::oidc {

[[nodiscard]] std::span<const db::Migration> oidc_migrations();

}  // namespace beffroi::people::oidc
