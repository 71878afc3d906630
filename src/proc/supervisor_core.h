// Inside the room: what a Supervisor, its exchanges and its keeper thread share, under one mutex.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "proc/child.h"
#include "proc/protocol.h"
#include "proc/supervisor.h"

namespace beffroi::proc {

// What came in for one exchange and was not read yet.
struct Mailbox {
  std::deque<std::string> parts;
  std::size_t unread_bytes = 0;
  bool ended = false;
  std::optional<Error> fault;         // ends the exchange once the parts are read
  Clock::time_point last_heard;
  bool abandoned = false;             // the asker left, the child has yet to end
  bool told_to_stop = false;
  std::condition_variable_any changed;

  void fail_with(Error error);
};

struct Supervisor::Core {
  explicit Core(SupervisorOptions chosen) : options(std::move(chosen)) {}

  const SupervisorOptions options;
  mutable std::mutex mutex;
  std::condition_variable_any changed;  // phase, wish, next try
  Phase phase = Phase::asleep;
  bool wanted = false;
  bool closed = false;                  // the Supervisor is gone
  bool refused = false;                 // the last death was the child's own refusal
  int starts = 0;
  int deaths = 0;                       // in a row
  std::string last_reason;
  Clock::time_point next_try{};
  std::uint64_t next_exchange = 1;
  std::shared_ptr<Child> child;
  std::map<std::uint64_t, std::shared_ptr<Mailbox>> open;  // asked, and not ended by the child

  // The keeper's life, until asked to stop.
  void keep(const std::stop_token& stop);
  // With the mutex held.
  [[nodiscard]] SupervisorState state_now() const;
  [[nodiscard]] Error unavailable_now() const;
  [[nodiscard]] bool hopeless_until(Clock::time_point deadline) const;

 private:
  struct Ending {
    std::string reason;
    bool refused = false;
  };
  [[nodiscard]] bool wait_for_its_time(const std::stop_token& stop);
  [[nodiscard]] Ending live(Child& running, const std::stop_token& stop);
  [[nodiscard]] std::optional<Ending> take(Message message);
  [[nodiscard]] std::optional<Ending> look_at_clocks(Child& running);
  void hear(Mailbox& box, Message message);
  void bury(const Ending& ending);
  void close();

  Clock::time_point started_at_{};
  Clock::time_point ready_at_{};
};

}  // namespace beffroi::proc
