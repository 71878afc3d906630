// A child process of ours with one channel of messages (frames.h): it finds its end on descriptor 3.
//
// It inherits standard error; its standard output goes there too, its input is empty; every other descriptor is closed. It begins with
// no signal blocked or ignored and in a process group of its own, so Ctrl-C reaches the parent only, which ends its children. When
// memory runs out, the kernel ends it rather than its parent.
// It dies with its parent: the kernel kills it when THE THREAD that started it ends, so start() is called from a thread that lives as
// long as the child is wanted (Supervisor does). Ending a Child leaves no zombie.
// One thread at a time for kill() and ended(); channel() as frames.h.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "proc/exits.h"
#include "proc/frames.h"

namespace beffroi::proc {

class Child {
 public:
  // {"/proc/self/exe", "worker", "llm"}: this same program in another role. Code::unavailable when it cannot be started.
  [[nodiscard]] static Result<Child> start(const std::vector<std::string>& command, std::size_t max_frame_bytes = kMaxFrameBytes);
  Child(Child&& other) noexcept;
  Child& operator=(Child&&) = delete;
  ~Child();  // kills at once, with all its group

  [[nodiscard]] FrameChannel& channel() { return channel_; }
  [[nodiscard]] int pid() const { return pid_; }
  // How it ended; nothing while it runs.
  [[nodiscard]] std::optional<Exit> ended();
  // As ended(), after waiting for it at most so long.
  std::optional<Exit> wait(std::chrono::milliseconds time);
  // Asks it to end (TERM), then ends it (KILL) after the grace.
  Exit kill(std::chrono::milliseconds grace);

 private:
  Child(int pid, FrameChannel channel) : pid_(pid), channel_(std::move(channel)) {}

  int pid_;  // 0 once moved from
  FrameChannel channel_;
  std::optional<Exit> exit_;
};

}  // namespace beffroi::proc
