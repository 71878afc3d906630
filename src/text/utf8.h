// UTF-8 as it arrives from outside: checked at the door, then trusted inside.
#pragma once

#include <string>
#include <string_view>

namespace beffroi::text {

// True when the bytes are well-formed UTF-8 (no overlong form, no surrogate, nothing above U+10FFFF).
[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

// Runs of spaces of any kind (line breaks, no-break and narrow no-break spaces too) become one plain space; ends are trimmed.
[[nodiscard]] std::string squeeze_spaces(std::string_view text);

}  // namespace beffroi::text
