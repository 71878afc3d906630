// The tables of a commune's canteens, in its own database. Counts by canteen: no child, no family.
#pragma once

#include <span>

#include "db/database.h"

namespace beffroi::canteen {

// Numbers 60 to 69: to be given with those of the rooms that come before.
[[nodiscard]] std::span<const db::Migration> canteen_migrations();

}  // namespace beffroi::canteen
