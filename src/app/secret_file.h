// A file that holds one secret and nothing else: a password, the secret of an identity provider.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"

namespace beffroi::app {

// Without the end of its line. Code::denied when others than its owner may read it; Code::not_found, Code::too_large over 1 KiB.
[[nodiscard]] Result<std::string> read_secret_file(const std::filesystem::path& file);

}  // namespace beffroi::app
