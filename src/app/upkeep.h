// What happens behind the door while the program serves: an import made by another process is taken up, missing vectors are computed, the
// passages most asked for are read by the model, sessions long over are forgotten, the purge of the day is asked for.
#pragma once

#include <stop_token>

#include "app/config.h"
#include "app/engine.h"
#include "tenants/directory.h"

namespace beffroi::app {

// Returns when asked to stop. A fault is logged and does not end it.
void keep_fresh(Engine& engine, const tenants::Directory& directory, const Config& config, const std::stop_token& stop);

}  // namespace beffroi::app
