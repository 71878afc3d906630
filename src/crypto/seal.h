// Short secrets that the program must be able to read again (the secret of an identity provider, the key of an upstream), kept as text
// that is worth nothing without the key file of this installation.
//
//   <home>/secret.key   made on first use, mode 600; whoever restores a backup of the databases without it must enter the secrets again
//
// XChaCha20-Poly1305 with a random nonce; the purpose is part of what is authenticated, so that a sealed text moved to another place does
// not open there. A Sealer is a value, safe to use from several threads.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::crypto {

inline constexpr std::size_t kMaxSealedBytes = 64 << 10;

class Sealer {
 public:
  // Reads the key, made when there is no file. Code::denied when others than the owner may read it; Code::bad_input when it is no key.
  [[nodiscard]] static Result<Sealer> open(const std::filesystem::path& key_file);

  // `purpose`: what the secret is for, "oidc client secret"; not secret itself. Code::too_large over kMaxSealedBytes.
  [[nodiscard]] Result<std::string> seal(std::string_view secret, std::string_view purpose) const;
  // Code::bad_input: altered, sealed with another key or for another purpose, or not sealed at all.
  [[nodiscard]] Result<std::string> unseal(std::string_view sealed, std::string_view purpose) const;

 private:
  explicit Sealer(std::string key) : key_(std::move(key)) {}
  std::string key_;
};

}  // namespace beffroi::crypto
