#include "crypto/password.h"

#include <sodium.h>

#include <array>

#include "crypto/sodium.h"
#include "crypto/token.h"

namespace beffroi::crypto {

// A place among those that compute; given back at the end.
class PasswordHasher::Turn {
 public:
  [[nodiscard]] static Result<Turn> take(PasswordHasher& hasher) {
    std::unique_lock lock(hasher.mutex_);
    if (hasher.computing_ >= hasher.limits_.at_once) {
      if (hasher.waiting_ >= hasher.limits_.waiting) {
        return fail(Code::busy, "Trop de connexions en même temps\u00a0: réessayez dans un instant.", "password hashing is full");
      }
      ++hasher.waiting_;
      hasher.freed_.wait(lock, [&hasher] { return hasher.computing_ < hasher.limits_.at_once; });
      --hasher.waiting_;
    }
    ++hasher.computing_;
    return Turn(hasher);
  }
  Turn(Turn&& other) noexcept : hasher_(std::exchange(other.hasher_, nullptr)) {}
  Turn& operator=(Turn&&) = delete;
  ~Turn() {
    if (hasher_ == nullptr) return;
    {
      const std::lock_guard lock(hasher_->mutex_);
      --hasher_->computing_;
    }
    hasher_->freed_.notify_one();
  }

 private:
  explicit Turn(PasswordHasher& hasher) : hasher_(&hasher) {}
  PasswordHasher* hasher_;
};

PasswordHasher::PasswordHasher(Limits limits, PasswordCost cost)
    : limits_(limits), cost_(cost), decoy_(computed(random_token()).value_or("")) {}

Result<std::string> PasswordHasher::computed(std::string_view password) const {
  sodium_is_ready();
  std::array<char, crypto_pwhash_STRBYTES> kept{};
  if (crypto_pwhash_str_alg(kept.data(), password.data(), password.size(), cost_.passes, cost_.memory_bytes,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return fail(Code::storage, "La machine n’a plus assez de mémoire pour vérifier un mot de passe.", "argon2id: out of memory");
  }
  return std::string(kept.data());
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  if (password.size() > kMaxPasswordBytes) return fail(Code::too_large, "Ce mot de passe est trop long\u00a0: 512 octets au plus.");
  const Turn turn = BEFFROI_TRY(Turn::take(*this));
  return computed(password);
}

Result<bool> PasswordHasher::verify(std::string_view kept, std::string_view password) {
  if (password.size() > kMaxPasswordBytes) return false;
  const Turn turn = BEFFROI_TRY(Turn::take(*this));
  const std::string stored(kept.empty() ? std::string_view(decoy_) : kept);
  const bool same = crypto_pwhash_str_verify(stored.c_str(), password.data(), password.size()) == 0;
  return same && !kept.empty();
}

bool PasswordHasher::is_outdated(const std::string& kept) const {
  return crypto_pwhash_str_needs_rehash(kept.c_str(), cost_.passes, cost_.memory_bytes) != 0;
}

}  // namespace beffroi::crypto
