// Ctrl+C and SIGTERM ask the running command to stop at its next safe point, instead of killing it in the middle.
#pragma once

#include <stop_token>
#include <thread>

namespace beffroi::app {

// One at a time, made before any other thread so that they all leave the two signals to it.
class StopOnSignal {
 public:
  StopOnSignal();
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  [[nodiscard]] std::stop_token token() const { return source_.get_token(); }
  void wait() const;  // returns when a signal came

 private:
  std::stop_source source_;
  std::jthread waiter_;
};

}  // namespace beffroi::app
