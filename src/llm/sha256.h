// SHA-256, by OpenSSL's libcrypto, for files of several gigabytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::llm {

class Sha256 {
 public:
  Sha256();
  ~Sha256();
  void add(std::string_view bytes);
  [[nodiscard]] std::string hex();  // 64 lower-case digits; ends the computation

 private:
  struct State;
  std::unique_ptr<State> state_;
};

[[nodiscard]] bool is_sha256(std::string_view text);  // 64 lower-case hexadecimal digits

struct Range {
  std::int64_t from = 0;
  std::int64_t bytes = 0;
};

// Of a part of a file, which must be that long. `on_bytes` is told how many were read so far and may be empty.
// Code::not_found, Code::storage, Code::cancelled.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file, Range range,
                                                 const std::function<void(std::int64_t)>& on_bytes, const std::stop_token& stop);

}  // namespace beffroi::llm
