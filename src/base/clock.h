// The time of the machine, given as a value to what a test must be able to move.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace beffroi {

// Milliseconds since 1970, UTC.
using Clock = std::function<std::int64_t()>;

[[nodiscard]] inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

}  // namespace beffroi
