// Every table that a commune's file may hold, in the order of their numbers.
#pragma once

#include <vector>

#include "db/database.h"

namespace beffroi::app {

[[nodiscard]] std::vector<db::Migration> commune_tables();

}  // namespace beffroi::app
