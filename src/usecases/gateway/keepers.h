// What the gateway keeps about people: how much each key asked.
#pragma once

#include <vector>

#include "compliance/keeper.h"

namespace beffroi::gateway {

[[nodiscard]] std::vector<compliance::Keeper> gateway_keepers();

}  // namespace beffroi::gateway
