// Messages over a socket between the program and its children: 4 bytes of length (little-endian), then that many bytes.
//
// A wait that ends (deadline, stop) in the middle of a message that comes in loses nothing: the next receive() goes on. In the middle
// of one that goes out, or after a length over the limit, the two ends no longer agree: the channel is broken for good.
// Any thread may send, one message at a time; one thread receives. A peer that died is an error, never a SIGPIPE.
// Errors: unavailable (the peer closed, or the channel is broken), timeout, cancelled, too_large (a message over the limit, sent or
// received).
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::proc {

using Clock = std::chrono::steady_clock;

// How long a call may last.
struct Wait {
  Clock::time_point deadline = Clock::time_point::max();
  std::stop_token stop;

  [[nodiscard]] static Wait at_most(std::chrono::milliseconds time, std::stop_token stop = {}) {
    return {Clock::now() + time, std::move(stop)};
  }
};

inline constexpr std::size_t kMaxFrameBytes = 16 << 20;
inline constexpr int kChildChannel = 3;  // where a child finds its end

class FrameChannel {
 public:
  // Owns the socket from now on.
  explicit FrameChannel(int socket, std::size_t max_frame_bytes = kMaxFrameBytes);
  // The end a child was given by its parent; Code::unavailable when this program was not started as a child.
  [[nodiscard]] static Result<FrameChannel> of_child();
  FrameChannel(FrameChannel&&) noexcept;
  FrameChannel& operator=(FrameChannel&&) noexcept;
  ~FrameChannel();

  [[nodiscard]] Status send(std::string_view message, const Wait& wait = {});
  [[nodiscard]] Result<std::string> receive(const Wait& wait = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace beffroi::proc
