// Who does the jobs of every commune while the program serves.
#pragma once

#include <memory>

#include "app/config.h"
#include "jobs/runner.h"
#include "tenants/directory.h"

namespace beffroi::app {

[[nodiscard]] jobs::Duties duties_of(std::shared_ptr<const tenants::Directory> directory, const Config& config);

}  // namespace beffroi::app
