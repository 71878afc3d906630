// The files of an archive, one after the other, without ever writing one on disk: DILA's zip, npm's .tgz, or an unpacked folder.
//
// Limits hold against bombs: number of entries, inflated size of one entry and of all, ratio of inflated to packed size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::knowledge {

struct ArchiveFile {
  std::string path;           // inside the archive
  Result<std::string> bytes;  // an error when this file alone cannot be read
};

struct ArchiveLimits {
  std::int64_t entries = 200'000;
  std::int64_t entry_bytes = 32LL << 20;
  std::int64_t total_bytes = 4LL << 30;
  std::int64_t ratio = 300;                  // looked at from `ratio_from_bytes` inflated: small files compress well
  std::int64_t ratio_from_bytes = 64LL << 20;
};

struct ArchiveVisit {
  std::function<bool(std::string_view path)> wants;  // the other entries are skipped
  std::function<Status(ArchiveFile file)> take;      // an error stops the reading
  std::function<void(std::int64_t packed_bytes)> advance;  // how far in the file on disk; called between entries
  ArchiveLimits limits;
};

// The kind is told from the first bytes, not from the name. Code::bad_input when the archive is truncated, damaged, a bomb, or
// something else; Code::not_found; Code::cancelled.
[[nodiscard]] Status read_archive(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop);

// Size on disk, to tell progress; 0 when it cannot be known.
[[nodiscard]] std::int64_t packed_bytes_of(const std::filesystem::path& input);

}  // namespace beffroi::knowledge
