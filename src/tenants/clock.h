// The time of the machine.
#pragma once

#include <chrono>
#include <cstdint>

namespace beffroi::tenants {

// Milliseconds since 1970, UTC.
[[nodiscard]] inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace beffroi::tenants
