#include "metering/process_memory.h"

#include <unistd.h>

#include <fstream>
#include <string>

namespace beffroi::metering {

std::optional<std::int64_t> process_memory_bytes(int pid) {
  std::ifstream file("/proc/" + std::to_string(pid) + "/statm");
  std::int64_t whole_pages = 0;
  std::int64_t resident_pages = 0;
  if (!(file >> whole_pages >> resident_pages)) return std::nullopt;
  return resident_pages * static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
}

}  // namespace beffroi::metering
