// The memory that a process holds in the machine's own, in bytes. Nothing when there is no such process.
#pragma once

#include <cstdint>
#include <optional>

namespace beffroi::metering {

[[nodiscard]] std::optional<std::int64_t> process_memory_bytes(int pid);

}  // namespace beffroi::metering
