// Keeps one child running in a role (service.h): started when first asked, restarted when it dies, killed when it hangs.
//
//   Supervisor worker({.name = "moteur de langue", .command = {"/proc/self/exe", "worker", "llm"}});
//   auto exchange = BEFFROI_TRY(worker.ask(request, Wait::at_most(60s, stop)));
//   while (auto part = BEFFROI_TRY(exchange.next(wait))) …                        // ends with nothing
//
// A death: every exchange under way gets Code::unavailable with a French sentence, then the child is started again after a pause that
// doubles, up to longest_pause; max_deaths in a row and it is left alone for pause_after_failure. A child that lived lived_well starts
// counting afresh. Nothing is asked twice: whether to ask again is the asker's choice.
// Thread-safe. An Exchange is used by one thread and may outlive its Supervisor.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "proc/frames.h"

namespace beffroi::proc {

struct SupervisorOptions {
  std::string name;                                        // in French, for the sentences: « moteur de langue »
  std::vector<std::string> command;
  std::chrono::milliseconds start_limit{120'000};          // to say that it is ready
  std::chrono::milliseconds silence_limit{20'000};         // without a sign while it is asked something, or asked to stop
  std::chrono::milliseconds grace{2'000};                  // to end when asked to
  std::chrono::milliseconds first_pause{200};              // before it is started again
  std::chrono::milliseconds longest_pause{30'000};
  std::chrono::milliseconds lived_well{60'000};
  int max_deaths = 5;                                      // in a row
  std::chrono::milliseconds pause_after_failure{900'000};
  std::chrono::milliseconds patience{3'000};               // ask() waits for a restart that is nearer than this
  std::size_t max_frame_bytes = kMaxFrameBytes;
  std::size_t max_unread_bytes = 64 << 20;                 // of one exchange; over it: Code::too_large
};

enum class Phase { asleep, starting, ready, backing_off, failed };

struct SupervisorState {
  Phase phase = Phase::asleep;
  int pid = 0;             // 0: none runs
  int starts = 0;            // since the beginning
  int deaths_in_a_row = 0;
  std::string last_reason;   // of the last death, in French; empty: none
  std::optional<std::chrono::milliseconds> next_try_in;  // backing off, failed

  // One line for the administrator: « nouvel essai dans 3 s ; dernier arrêt : signal 9 (…) ».
  [[nodiscard]] std::string in_words() const;
};

// One request and the parts of its answer. Its end tells the child to stop when the answer was not read to its end.
class Exchange {
 public:
  Exchange(Exchange&&) noexcept;
  Exchange& operator=(Exchange&&) = delete;
  ~Exchange();
  // The next part; nothing when the answer is whole. Errors: the child's own, unavailable (it died, hung, talked nonsense), timeout
  // and cancelled (of `wait`; the exchange stays open), too_large.
  [[nodiscard]] Result<std::optional<std::string>> next(const Wait& wait);

 private:
  friend class Supervisor;
  struct State;
  explicit Exchange(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

class Supervisor {
 public:
  explicit Supervisor(SupervisorOptions options);
  Supervisor(const Supervisor&) = delete;
  Supervisor& operator=(const Supervisor&) = delete;
  ~Supervisor();  // ends the child; exchanges under way get Code::unavailable

  // Starts the child where needed and hands it the request. Errors: unavailable (with why and when it is tried again), timeout,
  // cancelled, too_large.
  [[nodiscard]] Result<Exchange> ask(std::string_view request, const Wait& wait);
  // Starts the child without asking anything, and does not wait for it.
  void wake();
  // Tries again now, its deaths forgotten: someone repaired what was wrong.
  void retry();

  [[nodiscard]] SupervisorState state() const;
  // Fine when ready, or asleep and startable; else busy (starting) or unavailable, with the state in words. Never blocks.
  [[nodiscard]] Status health() const;

 private:
  struct Core;
  friend class Exchange;
  std::shared_ptr<Core> core_;
  std::jthread keeper_;  // starts and listens to the child: the kernel ties the child's life to this thread
};

}  // namespace beffroi::proc
