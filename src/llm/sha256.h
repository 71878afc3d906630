// SHA-256 of files of several gigabytes, told as it goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "base/result.h"

namespace beffroi::llm {

struct Range {
  std::int64_t from = 0;
  std::int64_t bytes = 0;
};

// Of a part of a file, which must be that long. `on_bytes` is told how many were read so far and may be empty.
// Code::not_found, Code::storage, Code::cancelled.
[[nodiscard]] Result<std::string> sha256_of_file(const std::filesystem::path& file, Range range,
                                                 const std::function<void(std::int64_t)>& on_bytes, const std::stop_token& stop);

}  // namespace beffroi::llm
