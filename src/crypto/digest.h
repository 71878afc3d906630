// SHA-256 and what is made of it. Pure functions, any thread; one Sha256 serves one thread.
//
// By OpenSSL's libcrypto, which uses the processor's own instructions: a model of several gigabytes is hashed at the speed of the disk.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace beffroi::crypto {

// For what comes in pieces.
class Sha256 {
 public:
  Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;
  ~Sha256();
  void add(std::string_view bytes);
  [[nodiscard]] std::string hex();    // 64 lower-case digits; ends the computation
  [[nodiscard]] std::string bytes();  // 32; ends the computation

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);
[[nodiscard]] std::string sha256(std::string_view bytes);  // 32 bytes
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view bytes);

[[nodiscard]] bool is_sha256(std::string_view text);  // 64 lower-case hexadecimal digits

// Takes the same time wherever two texts of the same length differ: for secrets and for what is computed from them.
[[nodiscard]] bool same_secret(std::string_view left, std::string_view right);

}  // namespace beffroi::crypto
