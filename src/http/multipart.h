// The parts of a multipart/form-data body (RFC 7578): how browsers and HTTP libraries send files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::http {

struct Part {
  std::string name;          // of the field; not empty
  std::string file_name;     // as the sender wrote it, a name and never a path to open; empty: a plain field
  std::string content_type;  // without parameters; empty: not said
  std::string_view content;  // bytes, inside the body: check what they are
};
inline constexpr std::size_t kMaxParts = 20;

// `content_type`: the request's header; `body` outlives the parts. Code::invalid_argument: not multipart/form-data, or malformed;
// Code::too_large beyond kMaxParts. Strict: no text before the first part, every part named, the last boundary there.
[[nodiscard]] Result<std::vector<Part>> parse_multipart(std::string_view content_type, std::string_view body);

}  // namespace beffroi::http
