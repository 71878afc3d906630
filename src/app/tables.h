// Every table that a node's database may hold, in the order of their numbers, and what is counted in them.
#pragma once

#include <vector>

#include "db/database.h"
#include "tenants/counts.h"

namespace beffroi::app {

[[nodiscard]] std::vector<db::Migration> commune_tables();
[[nodiscard]] tenants::CountQueries commune_counts();

}  // namespace beffroi::app
