// Inside the room: the readers behind read_archive(), and what they share.
#pragma once

#include "knowledge/archive.h"

namespace beffroi::knowledge {

[[nodiscard]] Status read_zip(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop);
[[nodiscard]] Status read_tar_gz(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop);
[[nodiscard]] Status read_folder(const std::filesystem::path& input, const ArchiveVisit& visit, const std::stop_token& stop);

// Counts what has been inflated against the limits.
class Quota {
 public:
  Quota(const std::filesystem::path& input, const ArchiveLimits& limits) : input_(input.string()), limits_(limits) {}
  [[nodiscard]] Status entry();                          // one more entry
  [[nodiscard]] Status announce(std::int64_t bytes);     // the size an entry claims
  [[nodiscard]] Status inflated(std::int64_t bytes, std::int64_t packed_total);  // really inflated, `packed_total` read so far

 private:
  std::string input_;
  ArchiveLimits limits_;
  std::int64_t entries_ = 0;
  std::int64_t total_ = 0;
};

[[nodiscard]] tl::unexpected<Error> damaged(const std::filesystem::path& input, std::string_view detail);
[[nodiscard]] tl::unexpected<Error> cancelled();

}  // namespace beffroi::knowledge
