// The purge of a commune as a job: done even if the machine stops meanwhile, once a day without anybody asking, and when somebody asks.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "compliance/keeper.h"
#include "compliance/purge.h"
#include "jobs/runner.h"
#include "tenants/tenant.h"

namespace beffroi::oversight {

inline constexpr std::string_view kPurgeJob = "compliance.purge";

// Who asks; with the date of the machine looked at by them (compliance/purge.h).
struct PurgeWish {
  audit::Who who = {audit::Actor::program, ""};
  bool date_confirmed = false;
};
[[nodiscard]] Status ask_purge(const tenants::Tenant& tenant, const PurgeWish& wish);
// For whoever looks every hour: one more purge when the last one is a day old, or never was, and none is under way. That of the day, when it
// failed, is begun again half an hour later, until it was tried kMostTries times; then the next day has its own.
[[nodiscard]] Status ask_daily_purge(const tenants::Tenant& tenant, std::int64_t now_ms);
inline constexpr int kMostTries = 8;

// What the handler stands on; `tenant_of`: by the name of the job's source.
struct PurgeParts {
  std::function<Result<tenants::Tenant>(std::string_view)> tenant_of;
  std::vector<compliance::Keeper> keepers;
  compliance::Backups backups;
  Clock now_ms;
};
// Killed half-way, it is finished by the next one. A clock that jumped fails the job with what to do.
[[nodiscard]] jobs::Handler purge_handler(PurgeParts parts);

// The latest first.
[[nodiscard]] Result<std::vector<jobs::Job>> purge_jobs(const tenants::Tenant& tenant);

}  // namespace beffroi::oversight
