// A commune lets its syndicate read its contents, in writing and for a time. Kept in the commune's database, by the commune alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "tenants/tenant.h"

namespace beffroi::tenants {

inline constexpr std::int64_t kLongestGrantMs = 366LL * 24 * 3600 * 1000;

struct Grant {
  std::int64_t id = 0;
  std::string to;                 // id of the syndicate
  std::string text;               // what is opened and why, in the commune's words: 1 to 4000 bytes
  std::string created_by;         // who signed, as the caller names them
  std::int64_t created_at_ms = 0; // since 1970, UTC
  std::int64_t until_ms = 0;      // excluded
  std::optional<std::int64_t> revoked_at_ms;
  std::string revoked_by;

  [[nodiscard]] bool in_force(std::int64_t now_ms) const { return !revoked_at_ms && created_at_ms <= now_ms && now_ms < until_ms; }
};

// Fills id and created_at_ms. Code::invalid_argument: `to` is not the commune's syndicate, no text, an end that is past or more than
// kLongestGrantMs away.
[[nodiscard]] Result<Grant> give(const Tenant& commune, const Grant& grant, std::int64_t now_ms);
// Code::not_found when there is no such grant; revoking twice keeps the first date.
[[nodiscard]] Status revoke(const Tenant& commune, std::int64_t id, std::string_view by, std::int64_t now_ms);
// All of them, latest first, those of the past too.
[[nodiscard]] Result<std::vector<Grant>> grants_of(const Tenant& commune);
// The one in force for `to` that ends last; none: nothing may be read.
[[nodiscard]] Result<std::optional<Grant>> grant_in_force(const Tenant& commune, std::string_view to, std::int64_t now_ms);

}  // namespace beffroi::tenants
