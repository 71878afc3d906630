// What a key, and all the keys of a commune together, may ask: requests a minute, tokens a day (UTC). Counted in the commune's database, so
// that a restart forgets nothing and several servers on one database count together: taking is one SQL statement.
//
// Tokens are reserved before the model runs (what is sent, estimated, and max_tokens) and settled by what its engine counted: a crowd of
// requests at once cannot spend more than what is left. A server that dies leaves its reservations counted, until the day is over.
// Functions of one Tenant: any thread.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"
#include "tenants/tenant.h"

namespace beffroi::gateway {

// Number 85 of a node's database.
[[nodiscard]] std::span<const db::Migration> quota_migrations();

struct Limits {
  std::int64_t requests_a_minute = 0;  // 0: none is let in
  std::int64_t tokens_a_day = 0;  // 0: no model, no vectors; what needs neither goes on
};
inline constexpr std::int64_t kMostRequests = 100'000;
inline constexpr std::int64_t kMostTokens = 1'000'000'000'000;
inline constexpr std::int64_t kDaysUseIsKept = 35;  // then what was counted goes

// Settings of the node (tenants/settings.h), which a syndicate may decide for its communes. `key`: empty for the whole commune.
[[nodiscard]] Result<Limits> limits_of(const tenants::Tenant& tenant, std::string_view key);
// The limits of keys that have none of their own.
[[nodiscard]] Result<Limits> usual_limits(const tenants::Tenant& tenant);
[[nodiscard]] Status set_limits(const tenants::Tenant& tenant, std::string_view key, const Limits& limits);
[[nodiscard]] Status set_usual_limits(const tenants::Tenant& tenant, const Limits& limits);
// The key has the usual limits again.
[[nodiscard]] Status forget_limits(const tenants::Tenant& tenant, std::string_view key);

struct Standing {
  std::int64_t limit = 0, used = 0;
  int reset_s = 0;  // until it counts anew
  [[nodiscard]] std::int64_t remaining() const { return limit > used ? limit - used : 0; }
};

struct Taken {
  bool granted = false;
  Standing requests, tokens;  // of the key or of the commune: the one that has less left
  std::string why;  // French, when refused
  int retry_after_s = 0;  // when refused
};

struct Wanted {
  std::string key;  // its id
  std::int64_t tokens = 0;  // to reserve; 0: no model runs
};

// Counts one request and reserves its tokens, or refuses and counts nothing.
[[nodiscard]] Result<Taken> take(const tenants::Tenant& tenant, const Wanted& wanted, std::int64_t now_ms);
// What was reserved on the day of `taken_ms` is replaced by what was spent.
[[nodiscard]] Status settle(const tenants::Tenant& tenant, const Wanted& reserved, std::int64_t spent, std::int64_t taken_ms);

// Used so far, by key; "" : the whole commune.
struct Use {
  std::int64_t requests = 0;  // this minute
  std::int64_t tokens = 0;  // today
};
[[nodiscard]] Result<std::map<std::string, Use>> use_of(const tenants::Tenant& tenant, std::int64_t now_ms);

}  // namespace beffroi::gateway
