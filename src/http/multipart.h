// multipart/form-data (RFC 7578), as browsers send a form that carries files. Everything foreign is bounded and checked: names are UTF-8
// without control characters, parts are counted, headers are short. Faults have Code::invalid_argument or Code::too_large.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::http {

inline constexpr std::size_t kMaxParts = 2000;

struct Part {
  std::string name;
  bool is_file = false;       // it came with a file name, even an empty one (no file chosen)
  std::string file_name;      // the last part of a path, should a browser send one; never used as a path
  std::string_view content;   // bytes of the body: valid as long as it is
};

// True when the media type is multipart/form-data, parameters aside.
[[nodiscard]] bool is_multipart(std::string_view content_type);

// `content_type` as received, with its boundary; the parts in their order.
[[nodiscard]] Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace beffroi::http
