#include "usecases/administration/health.h"

#include <algorithm>
#include <system_error>

#include "compliance/purge.h"
#include "forecast/dates.h"
#include "jobs/queue.h"

namespace beffroi::administration {

namespace {
constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
constexpr int kJobsLookedAt = 200;
}  // namespace

std::optional<Disk> disk_of(const std::filesystem::path& folder) {
  std::error_code fault;
  const std::filesystem::space_info space = std::filesystem::space(folder, fault);
  if (fault || space.capacity == 0) return std::nullopt;
  return Disk{static_cast<std::int64_t>(space.capacity), static_cast<std::int64_t>(space.available)};
}

std::optional<std::int64_t> base_age_days(const knowledge::CorpusInfo& base, std::int64_t now_ms) {
  const auto newest = forecast::parse_iso(base.newest_date);
  if (!newest) return std::nullopt;
  return std::max<std::int64_t>(0, now_ms / kDayMs - *newest);
}

bool backup_is_old(const std::vector<tenants::BackupMade>& backups, std::int64_t now_ms) {
  return backups.empty() || now_ms - backups.front().at_ms > kBackupOldMs;
}

Result<PurgeSeen> purge_seen(db::Database& database) {
  PurgeSeen seen{BEFFROI_TRY(compliance::purge_state(database)).looked_ms};
  for (const jobs::Job& job : BEFFROI_TRY(jobs::Queue(database).list(kJobsLookedAt))) {
    if (job.kind != "compliance.purge" || job.state != jobs::State::failed || job.finished_ms <= seen.last_ms) continue;
    seen.error = job.error;
    break;
  }
  return seen;
}

}  // namespace beffroi::administration
