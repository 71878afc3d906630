// One code point at a time out of UTF-8 bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace beffroi::text {

struct Decoded {
  char32_t code_point = 0xFFFD;
  std::uint8_t size_bytes = 1;  // at least 1: a loop always advances
  bool valid = false;
};

// Reads the code point at `at` (< bytes.size()). An ill-formed byte gives U+FFFD, one byte long, not valid.
[[nodiscard]] inline Decoded decode_utf8(std::string_view bytes, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[at + i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
  if (size == 0 || bytes.size() - at < size) return {};
  char32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  const bool overlong = (size == 3 && value < 0x800) || (size == 4 && value < 0x10000);
  if (overlong || (value >= 0xD800 && value <= 0xDFFF) || value > 0x10FFFF) return {};
  return {value, static_cast<std::uint8_t>(size), true};
}

}  // namespace beffroi::text
