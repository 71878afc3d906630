// Passwords as they are kept: Argon2id (libsodium), 64 MiB, 3 passes, one lane, the first choice of RFC 9106 for a server that cannot
// spare 2 GiB. About 0.15 s of one core. The kept text names its parameters and its salt, so that they may change later.
//
// A thousand people (or one machine) signing in at once must not exhaust the memory: so many at a time compute, so many wait, the others
// are told at once to come back. Thread-safe; one PasswordHasher a program.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::crypto {

inline constexpr std::size_t kMaxPasswordBytes = 512;

struct PasswordCost {
  std::size_t memory_bytes = 64ULL << 20;
  unsigned passes = 3;
};

class PasswordHasher {
 public:
  struct Limits {
    int at_once = 2;   // 128 MiB
    int waiting = 4;   // beyond: Code::busy
  };
  explicit PasswordHasher(Limits limits, PasswordCost cost = {});
  PasswordHasher() : PasswordHasher(Limits{}) {}

  // The text to keep. Code::too_large over kMaxPasswordBytes, Code::busy, Code::storage when the machine has no memory left.
  [[nodiscard]] Result<std::string> hash(std::string_view password);

  // Is it the one? An empty `kept` stands for an account that has none, or that does not exist: false, after the same work.
  [[nodiscard]] Result<bool> verify(std::string_view kept, std::string_view password);

  // True when the kept text was made with other parameters than today's: hash again at the next success.
  [[nodiscard]] bool is_outdated(const std::string& kept) const;

 private:
  class Turn;
  [[nodiscard]] Result<std::string> computed(std::string_view password) const;

  const Limits limits_;
  const PasswordCost cost_;
  std::mutex mutex_;
  std::condition_variable freed_;
  int computing_ = 0;
  int waiting_ = 0;
  const std::string decoy_;  // of no password
};

}  // namespace beffroi::crypto
