#include "app/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/commands.h"

namespace beffroi::app {

int say_fault(const Error& error) {
  fmt::print(stderr, "beffroi\u00a0: {}\n", error.message);
  if (!error.detail.empty()) fmt::print(stderr, "  ({})\n", error.detail);
  return error.code == Code::invalid_argument ? kWrongUse : kFailure;
}

void Progress::at(long long done, long long total) {
  if (total <= 0) return;
  const bool terminal = ::isatty(STDERR_FILENO) == 1;
  const int tenth = static_cast<int>(done * 10 / total);
  if (!terminal && tenth == last_tenth_) return;
  last_tenth_ = tenth;
  fmt::print(stderr, "{}{}\u00a0: {} sur {} ({}\u00a0%){}", terminal ? "\r" : "", what_, done, total, done * 100 / total,
             terminal && done < total ? "" : "\n");
}

}  // namespace beffroi::app
