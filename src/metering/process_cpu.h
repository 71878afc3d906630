// The processor time that a process has used since it began, all its threads, in seconds. Nothing when there is no such process.
#pragma once

#include <optional>

namespace beffroi::metering {

[[nodiscard]] std::optional<double> process_cpu_s(int pid);

}  // namespace beffroi::metering
