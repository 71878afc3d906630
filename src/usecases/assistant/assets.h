// The built interface (style, script, images), carried inside the program; empty when it was built without ui/dist.
// Both are written by cmake/EmbedAssets.cmake.
#pragma once

#include <vector>

#include "http/assets.h"
#include "pages/frame.h"

namespace beffroi::assistant {

// Served under /assets/: "index-BStOAJB3.css", "index-BStOAJB3.css.gz"…
[[nodiscard]] std::vector<http::AssetFile> embedded_files();
[[nodiscard]] pages::Skin embedded_skin();

}  // namespace beffroi::assistant
