// A circuit breaker: after some faults in a row, an upstream is left alone for a while instead of making everyone wait for it.
//
//   closed ── N faults in a row ──► open (refuses at once) ── rest over ──► one probe ── worked ──► closed
//                                        ▲────────────────── failed ─────────────┘
// Thread-safe. Each enter() that passes is followed by exactly one of worked(), failed(), left().
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::llm::openai {

class Circuit {
 public:
  using Clock = std::chrono::steady_clock;
  using Now = std::function<Clock::time_point()>;

  struct Rules {
    int faults = 5;                              // in a row; 1 or more
    std::chrono::milliseconds rest{30'000};      // how long it stays open before a probe
  };

  // `name`: what stopped answering, as a message shows it. `now` is given by tests.
  Circuit(std::string name, Rules rules, Now now = Clock::now);

  // Code::unavailable while open, or while the probe is under way.
  struct Pass {
    bool probe = false;
  };
  [[nodiscard]] Result<Pass> enter();
  void worked();
  void failed(Pass pass, std::string_view why);  // French, without a final stop: « elle a répondu 500 »
  void left(Pass pass);                          // neither: the asker went away, or its own deadline passed

  // Fine, or since when it has not answered and until when it is left alone.
  [[nodiscard]] Status health() const;

 private:
  [[nodiscard]] tl::unexpected<Error> closed_door() const;

  const std::string name_;
  const Rules rules_;
  const Now now_;
  mutable std::mutex mutex_;
  int faults_ = 0;
  bool open_ = false;
  bool probing_ = false;
  Clock::time_point until_;
  std::chrono::system_clock::time_point since_;  // the first fault of the row, as a person reads a clock
  std::string why_;
};

}  // namespace beffroi::llm::openai
