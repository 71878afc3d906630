// What the planner of canteens keeps about people, for the retention, the register and the requests of persons.
#pragma once

#include <vector>

#include "compliance/keeper.h"

namespace beffroi::canteen {

[[nodiscard]] std::vector<compliance::Keeper> canteen_keepers();

}  // namespace beffroi::canteen
