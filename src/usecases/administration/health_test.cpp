#include "usecases/administration/health.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::administration;

namespace {
constexpr std::int64_t kNoon = 1'795'780'800'000;  // 27 November 2026, 12:00 UTC
constexpr std::int64_t kDay = 24LL * 3600 * 1000;
}  // namespace

TEST_CASE("a base is as old as its newest publication") {
  knowledge::CorpusInfo base;
  base.newest_date = "2026-11-20";
  CHECK(base_age_days(base, kNoon) == 7);
  base.newest_date = "2026-12-01";  // a clock that is late
  CHECK(base_age_days(base, kNoon) == 0);
  base.newest_date = "";
  CHECK_FALSE(base_age_days(base, kNoon));
}

TEST_CASE("a backup is old after a week, and none is old") {
  CHECK(backup_is_old({}, kNoon));
  CHECK_FALSE(backup_is_old({{"a.tar", kNoon - 7 * kDay, 1, ""}}, kNoon));
  CHECK(backup_is_old({{"a.tar", kNoon - 7 * kDay - 1, 1, ""}, {"b.tar", 0, 1, ""}}, kNoon));
}

TEST_CASE("a disk is nearly full below a tenth or below 2 GB") {
  CHECK_FALSE(Disk{100'000'000'000, 50'000'000'000}.nearly_full());
  CHECK(Disk{100'000'000'000, 9'000'000'000}.nearly_full());
  CHECK(Disk{10'000'000'000, 1'900'000'000}.nearly_full());
  CHECK(disk_of("/")->all_bytes > 0);
  CHECK_FALSE(disk_of("/no/such/folder"));
}
