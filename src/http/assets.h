// The files of a folder (scripts, styles, images of the user interface), read once at start and served from memory.
//
// Only names found at start exist: no path of a request ever reaches the file system. Names that carry a hash (app-Bx12ab9Z.js) are
// kept by browsers for a year, the others are asked again each time and answered 304 when unchanged.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/result.h"
#include "http/router.h"

namespace beffroi::http {

inline constexpr std::size_t kAssetsLimitBytes = 32 << 20;  // of one folder, all files together

// Adds GET <prefix>/{file...} for every file below `folder`. Code::not_found when the folder is missing.
[[nodiscard]] Status serve_assets(Router& router, const std::string& prefix, const std::filesystem::path& folder);

}  // namespace beffroi::http
