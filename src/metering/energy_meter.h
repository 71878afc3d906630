// What the machine drew since a first reading, by the counters it has: processors (energy.h) and cards (gpu_energy.h).
#pragma once

#include <functional>
#include <optional>

namespace beffroi::metering {

// Grows from call to call; empty when the machine has no counter. To be called from one thread, often enough for the processors' counters
// not to come round unseen (minutes): a gap that may have hidden a turn is left out.
[[nodiscard]] std::function<std::optional<double>()> energy_meter();

}  // namespace beffroi::metering
