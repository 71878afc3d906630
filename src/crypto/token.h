// Random bytes that nobody can guess, and the alphabet they travel in. Any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace beffroi::crypto {

inline constexpr std::size_t kTokenBytes = 32;  // 256 bits: no search finds one, so a plain hash of it is enough to keep

[[nodiscard]] std::string random_bytes(std::size_t count);

// A secret to hand out: `count` random bytes in base64url without padding. 43 characters for 32 bytes.
[[nodiscard]] std::string random_token(std::size_t count = kTokenBytes);

// A name for a row, which tells neither when it was made nor how many there are: 16 hexadecimal digits.
[[nodiscard]] std::string random_id();

// RFC 4648, section 5, without padding.
[[nodiscard]] std::string base64url(std::string_view bytes);
// Nothing when the text is not exactly what base64url writes: another alphabet, padding, spaces, bits left over.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace beffroi::crypto
