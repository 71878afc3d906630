// Passwords are not tried by the thousand: after a few failures one waits, longer each time. Nobody can lock somebody else out: what is
// slowed down is an address on one account, an address on all accounts, or a browser on one account, never the account itself; and a
// browser that its owner already signed in with (device.h) is counted apart from the address it shares with an attacker.
//
// Kept in memory, bounded, on a clock that nobody can set: a restart forgets it. Several servers on one database each keep their own, so
// an attacker has that many times the tries. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace beffroi::people {

struct Attempt {
  std::string commune;
  std::string login;     // as typed, whether such an account exists or not
  std::string client;    // address of the machine
  std::string device;    // of a browser known by this account; empty: a stranger
};

class Throttle {
 public:
  struct Limits {
    int free_tries = 5;             // of an address, or a known browser, on one account
    int free_tries_of_client = 30;  // of an address on all accounts: a whole town hall may share one
    std::int64_t first_wait_ms = 2'000;
    std::int64_t longest_wait_ms = 15 * 60'000;
    std::int64_t forget_after_ms = 60 * 60'000;  // without a try
    std::size_t most_entries = 20'000;           // then the oldest are forgotten
  };
  using Clock = std::function<std::int64_t()>;  // milliseconds that only grow

  explicit Throttle(Clock clock) : Throttle(std::move(clock), Limits{}) {}
  Throttle(Clock clock, Limits limits) : clock_(std::move(clock)), limits_(limits) {}

  // Counts a try as failed and lets it be made, or Code::too_many with the time to wait. Counted beforehand, so that a thousand tries at
  // once are a thousand tries; a refused one costs nothing more.
  [[nodiscard]] Status begin(const Attempt& attempt);
  // The password was right: what was counted for it is taken back.
  void succeeded(const Attempt& attempt);
  // Nothing was tried after all (the machine was busy): this one try is taken back.
  void not_made(const Attempt& attempt);

 private:
  struct Entry {
    int tries = 0;
    std::int64_t last_ms = 0;
  };
  using Entries = std::unordered_map<std::string, Entry>;

  [[nodiscard]] std::int64_t wait_ms(const Entries& entries, const std::string& key, int free_tries) const;
  void count(Entries& entries, const std::string& key);
  static void take_back(Entries& entries, const std::string& key);
  void make_room(Entries& entries) const;

  const Clock clock_;
  const Limits limits_;
  std::mutex mutex_;
  Entries accounts_;  // an address or a browser on one account
  Entries clients_;   // an address on all
};

// What counts as one machine: the address, or the first 64 bits of an IPv6 one, for a subscriber has them all.
[[nodiscard]] std::string machine_of(std::string_view address);

// « 4 minutes », « 30 secondes »: rounded up.
[[nodiscard]] std::string readable_wait(std::int64_t wait_ms);

}  // namespace beffroi::people
