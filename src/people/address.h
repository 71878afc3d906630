// Addresses inside this site, to come back to after signing in. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace beffroi::people {

// « /cantines?semaine=48 »: what was asked, written again.
[[nodiscard]] std::string local_address(const http::Request& request);

// The text when it can lead to a page of this site and nowhere else; "/" otherwise: another site, « //elsewhere », « /\elsewhere »,
// control characters, longer than 2,000 bytes, or signing in and out themselves.
[[nodiscard]] std::string checked_address(std::string_view text);

}  // namespace beffroi::people
