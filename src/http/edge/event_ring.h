// The bounded buffer between a producer of events (a handler's thread) and the connection that carries them (an io thread).
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>

#include "http/event_stream.h"

namespace beffroi::http {

class EventRing final : public EventStream {
 public:
  struct Limits {
    std::size_t capacity_bytes = 1 << 20;
    std::chrono::milliseconds patience{30'000};  // how long a full ring may stay full before the client is given up
  };
  // `wake` is called, from the producer's thread, when bytes arrive in an empty ring and when the producer ends.
  EventRing(Limits limits, std::function<void()> wake) : limits_(limits), wake_(std::move(wake)) {}

  // The producer's side.
  bool send(const Event& event) override;
  [[nodiscard]] bool closed() const override;
  void finish();  // nothing more will come

  // The connection's side.
  struct Taken {
    std::string bytes;      // everything that was waiting
    bool finished = false;  // and nothing more will come
  };
  [[nodiscard]] Taken take();
  void close();  // nobody listens any more

 private:
  Limits limits_;
  std::function<void()> wake_;
  mutable std::mutex mutex_;
  std::condition_variable room_;
  std::string waiting_;
  bool finished_ = false;
  bool closed_ = false;
};

// One event as it is written on the wire.
[[nodiscard]] std::string event_text(const Event& event);

}  // namespace beffroi::http
