// Days as French readers write them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pages/html.h"

namespace beffroi::pages {

// "2019-08-28" → "28 août 2019"; anything else is given back as it is.
[[nodiscard]] std::string french_date(std::string_view iso);
// <time datetime="2019-08-28">28 août 2019</time>
void write_date(Html& html, std::string_view iso);

// Milliseconds since 1970, as the clock of the town hall shows them: « 27 novembre 2026 à 10 h 46 ».
[[nodiscard]] std::string french_moment(std::int64_t time_ms);

}  // namespace beffroi::pages
