// A sleep that a stop ends at once.
#pragma once

#include <chrono>
#include <stop_token>

namespace beffroi {

// False when a stop was asked before the end of it, or meanwhile.
bool pause(std::chrono::milliseconds time, const std::stop_token& stop);

}  // namespace beffroi
