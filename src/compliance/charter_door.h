// The one place where the charter is held: a door behind which nobody signed in, and no key, reaches a function where a model writes
// (Right::generate) or the API (Right::use_api) before the text in force was accepted. When that cannot be read, nobody passes.
#pragma once

#include <memory>

#include "base/clock.h"
#include "people/door.h"

namespace beffroi::compliance {

// For programs: the code of the problem (403).
inline constexpr std::string_view kCharterNotAccepted = "charter_not_accepted";

// Who is refused for that alone is led to /charte on the pages, and told so by the API.
[[nodiscard]] std::shared_ptr<const people::Door> charter_door(std::shared_ptr<const people::Door> door, Clock clock = now_ms);

}  // namespace beffroi::compliance
