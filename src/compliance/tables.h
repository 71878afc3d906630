// The tables of the room in a commune's own database: numbers 30 to 39.
#pragma once

#include <span>

#include "db/database.h"

namespace beffroi::compliance {

[[nodiscard]] std::span<const db::Migration> compliance_migrations();

}  // namespace beffroi::compliance
