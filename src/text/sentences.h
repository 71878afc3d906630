// Cuts French text into sentences without changing a byte: every sentence is a slice of the text it came from.
//
// A sentence ends at . ! ? … followed by a space and a capital, a digit, a quote or the end, and at a line break. Never inside an
// abbreviation (art., M., Mme, n°, etc., p. ex.), a number (1.500, 12,5), an article (L. 2121-7), a URL or an e-mail address.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace beffroi::text {

struct Slice {
  std::uint32_t begin_bytes = 0;
  std::uint32_t end_bytes = 0;  // one past the last byte; surrounding spaces are left out
};

// Slices in reading order, none empty. Linear in the size of the text. `text` is valid UTF-8.
[[nodiscard]] std::vector<Slice> sentences(std::string_view text);

}  // namespace beffroi::text
