// The journal of a commune: lines are added at the end and never changed. Each carries the hash of the one before, so that a line altered,
// removed, added or moved is found (verify.h). It lives in the commune's database and nowhere else.
//
// Functions of one Tenant open a connection each: any thread, several nodes at once; writers wait for one another.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "audit/line.h"
#include "base/clock.h"
#include "base/result.h"
#include "db/database.h"
#include "tenants/tenant.h"

namespace beffroi::audit {

// What the use cases write through. Thread-safe.
class Journal {
 public:
  virtual ~Journal() = default;
  // What must not happen unwritten does not happen: a caller that shows what a model wrote gives the error instead (recorded.h does it for
  // an act). Code::unavailable, one sentence for the person; why is in the log.
  [[nodiscard]] virtual Status write(const tenants::Tenant& tenant, const Entry& entry) = 0;
  // With what it tells of, both or none: inside a write transaction of the caller on this commune's database.
  [[nodiscard]] virtual Status write_within(db::Database& database, const tenants::Tenant& tenant, const Entry& entry) = 0;
};

[[nodiscard]] std::shared_ptr<Journal> make_journal(Clock clock = now_ms);

// In a transaction of its own.
[[nodiscard]] Result<Line> append(const tenants::Tenant& tenant, const Entry& entry, std::int64_t at_ms);
// With what it tells of: inside a write transaction of the caller on this commune's database.
[[nodiscard]] Result<Line> append_within(db::Database& database, std::string_view commune, const Entry& entry, std::int64_t at_ms);

// How far the journal goes, and up to where lines were purged.
struct Head {
  std::int64_t lines = 0;  // ever written
  std::string hash;  // of the last one; first_hash when there is none
  std::int64_t purged = 0;  // lines 1 to this one are gone
  std::string purged_hash;  // of that one
};
[[nodiscard]] Result<Head> head_of(db::Database& database, std::string_view commune);

// Lines written from `from_ms` to before `until_ms`.
struct Period {
  std::int64_t from_ms = std::numeric_limits<std::int64_t>::min();
  std::int64_t until_ms = std::numeric_limits<std::int64_t>::max();
};
using OnLine = std::function<Status(const Line&)>;
// In order, as one state of the journal; an error of `on_line` ends the reading.
[[nodiscard]] Status each_line(const tenants::Tenant& tenant, const Period& period, const OnLine& on_line);
// The latest first, those before `before_number`; the very latest without it.
[[nodiscard]] Result<std::vector<Line>> latest_lines(const tenants::Tenant& tenant, int limit, const Period& period = {},
                                                     std::int64_t before_number = std::numeric_limits<std::int64_t>::max());
// Those that match everything asked, the latest first.
struct LinesAsked {
  Period period = {};
  std::string who_kind = {};  // « person »; empty: anybody
  std::string who = {};  // id; empty: anybody
  std::string action = {};  // « answered »; empty: any
  std::int64_t before_number = std::numeric_limits<std::int64_t>::max();
};
[[nodiscard]] Result<std::vector<Line>> matching_lines(const tenants::Tenant& tenant, const LinesAsked& asked, int limit);
// What was done by one of these, latest first.
[[nodiscard]] Result<std::vector<Line>> lines_by(const tenants::Tenant& tenant, const std::vector<std::string>& ids, int limit);

// Lines written before `before_ms`, as long as no younger one stands between: erased, after a line that signs them off (last number, its
// hash) in the same transaction. Zero: there was none.
struct Purge {
  std::int64_t lines = 0;
  std::int64_t last_number = 0;
};
struct PurgeAsked {
  std::string commune;
  std::int64_t before_ms = 0;
  Who who = {};
  std::int64_t at_ms = 0;  // now
};
// Inside a write transaction of the caller on this commune's database.
[[nodiscard]] Result<Purge> purge_within(db::Database& database, const PurgeAsked& asked);

}  // namespace beffroi::audit
