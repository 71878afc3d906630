// Finds the personal data of a French text: what the privacy gate shows, masks, or refuses to let out.
//
// One reading of the text, rules on shape and context, no model, no checksum required. Pure and thread-safe; 10 MB/s and more on one
// core (docs/privacy.md has the figures and the limits of what is found).
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "privacy/span.h"

namespace beffroi::privacy {

inline constexpr std::size_t kTextBytesMax = 64 << 20;

// Spans in reading order, none overlapping another. Elected persons are among them, marked: policy.h says who stays.
// Code::bad_input: not valid UTF-8. Code::too_large: over kTextBytesMax. On an error nothing may leave.
[[nodiscard]] Result<std::vector<Span>> detect(std::string_view text);

// The same spans counted in Unicode code points, as the data sets and `beffroi mask` give them.
struct PointSpan {
  std::size_t begin = 0, end = 0;
  Label label = Label::person;
};
[[nodiscard]] std::vector<PointSpan> in_code_points(std::string_view text, const std::vector<Span>& spans);

}  // namespace beffroi::privacy
