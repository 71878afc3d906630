// What is well and what is not, judged in one place: for the first page, the page of health and /metrics. Pure but for the disk and the purge.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "knowledge/corpus.h"
#include "tenants/directory.h"

namespace beffroi::administration {

inline constexpr std::int64_t kBackupOldMs = 7LL * 24 * 3600 * 1000;
inline constexpr std::int64_t kBaseOldDays = 45;
inline constexpr double kDiskNearlyFull = 0.10;  // of it is left, or
inline constexpr std::int64_t kDiskLittleBytes = 2'000'000'000;  // that much

struct Disk {
  std::int64_t all_bytes = 0;
  std::int64_t free_bytes = 0;

  [[nodiscard]] bool nearly_full() const {
    return free_bytes < kDiskLittleBytes || static_cast<double>(free_bytes) < kDiskNearlyFull * static_cast<double>(all_bytes);
  }
};
// Of the folder's disk; nothing when it does not tell.
[[nodiscard]] std::optional<Disk> disk_of(const std::filesystem::path& folder);

// Days since the newest publication; nothing without a date.
[[nodiscard]] std::optional<std::int64_t> base_age_days(const knowledge::CorpusInfo& base, std::int64_t now_ms);

// True when there is no backup of this week. `backups`: latest first.
[[nodiscard]] bool backup_is_old(const std::vector<tenants::BackupMade>& backups, std::int64_t now_ms);

// The purge of the day of a commune.
inline constexpr std::int64_t kPurgeLateMs = 2LL * 24 * 3600 * 1000;
struct PurgeSeen {
  std::int64_t last_ms = 0;  // since 1970, UTC; 0: there was none yet
  std::string error = {};  // French: why it failed since; empty: it did not

  [[nodiscard]] bool well(std::int64_t now_ms) const { return error.empty() && (last_ms == 0 || now_ms - last_ms <= kPurgeLateMs); }
};
[[nodiscard]] Result<PurgeSeen> purge_seen(db::Database& database);

}  // namespace beffroi::administration
