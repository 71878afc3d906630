// Scripts, styles and images of the user interface, served from memory: no path of a request ever reaches the file system.
//
// Names that carry a hash (app-Bx12ab9Z.js) are kept by browsers for a year, the others are asked again each time and answered 304 when
// unchanged. A file « name.gz » is the compressed form of « name », sent to clients that take gzip; nothing is compressed while serving.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/router.h"

namespace beffroi::http {

struct AssetFile {
  std::string name;          // "index-C1rWnIS0.css", may hold "/"
  std::string_view content;  // copied
};

// GET <prefix>/{file...} for these files.
[[nodiscard]] Route asset_route(const std::string& prefix, const std::vector<AssetFile>& files);

}  // namespace beffroi::http
