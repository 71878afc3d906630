// A Publication as bytes, for the store: compact, fast to read back, the same bytes for the same publication.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

[[nodiscard]] std::string encode(const Publication& publication);
// Code::storage on bytes that encode() did not write, or wrote in another version of the format.
[[nodiscard]] Result<Publication> decode(std::string_view bytes);

}  // namespace beffroi::knowledge
