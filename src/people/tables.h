// The tables of people in a commune's own database: numbers 10 to 19.
#pragma once

#include <span>

#include "db/database.h"

namespace beffroi::people {

[[nodiscard]] std::span<const db::Migration> people_migrations();

}  // namespace beffroi::people
