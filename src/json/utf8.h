// UTF-8 at the doors: what JSON and addresses must be made of.
#pragma once

#include <cstddef>
#include <string_view>

namespace beffroi::json {

// How many bytes the well-formed sequence at the head of `text` (not empty) has; 0 when it is malformed.
[[nodiscard]] std::size_t utf8_sequence_bytes(std::string_view text);

[[nodiscard]] bool is_utf8(std::string_view text);

}  // namespace beffroi::json
