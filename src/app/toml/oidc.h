// Inside the room: the section [oidc] of beffroi.toml.
#pragma once

#include <string>

#include <toml++/toml.h>

#include "app/config.h"

namespace beffroi::app {

// After [commune], whose id is that of roles which name no other.
void read_oidc(const toml::table& root, const std::string& file, Status& status, Config& config);

}  // namespace beffroi::app
