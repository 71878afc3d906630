// The child's side of a Supervisor: requests come in, each is answered in parts.
//
//   auto channel = BEFFROI_TRY(FrameChannel::of_child());
//   auto model = load();                                            // takes its time: the parent waits start_limit
//   if (!model) return refuse(channel, model.error());              // the parent shows this sentence to the administrator
//   return serve(channel, [&](std::string_view request, Reply& reply, const std::stop_token& stop) -> Status { … });
#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string_view>

#include "base/result.h"
#include "proc/frames.h"

namespace beffroi::proc {

// Where the answer to one request goes. One thread.
class Reply {
 public:
  Reply(FrameChannel& channel, std::uint64_t exchange) : channel_(channel), exchange_(exchange) {}
  [[nodiscard]] Status part(std::string_view piece);
  // To be called now and then during work that shows nothing: a child silent for longer than silence_limit is killed as hung. Cheap.
  void alive();

 private:
  FrameChannel& channel_;
  std::uint64_t exchange_;
  Clock::time_point last_sent_{};
};

// Answers one request; an error ends the answer and reaches the asker as it is. Called from several threads at once, at most
// `most_at_once`; `stop` is asked when the asker left. What it throws becomes an error.
using Handler = std::function<Status(std::string_view request, Reply& reply, const std::stop_token& stop)>;

// Tells the parent that requests may come, and answers them until it closes the channel. A request above `most_at_once` is refused
// with Code::busy: the queue is the parent's.
[[nodiscard]] Status serve(FrameChannel& channel, const Handler& handler, int most_at_once = 1);

// Tells the parent why this child cannot serve. Gives that error back.
[[nodiscard]] Status refuse(FrameChannel& channel, const Error& reason);

}  // namespace beffroi::proc
