// Inside the room: the section [metrics] of beffroi.toml.
#pragma once

#include <string>

#include <toml++/toml.h>

#include "app/config.h"

namespace beffroi::app {

// After [server], whose port is not free for it.
void read_metrics(const toml::table& root, const std::string& file, Status& status, Config& config);

}  // namespace beffroi::app
