// Files read whole, mapped, or written so that a crash leaves either the former content or the new one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi {

// The whole file, at most `limit_bytes` (Code::too_large beyond; Code::not_found when absent).
[[nodiscard]] Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes = 64ULL << 20);

// Writes beside the target, syncs, renames. On failure the former file is untouched and no temporary stays.
[[nodiscard]] Status write_file_atomically(const std::filesystem::path& path, std::string_view content);

// A read-only memory-mapped file. Movable; the bytes stay valid while it lives. Safe to read from several threads.
class MappedFile {
 public:
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);
  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return {data_, size_}; }

 private:
  const std::byte* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace beffroi
