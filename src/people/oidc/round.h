// One journey to the provider and back. What must be remembered meanwhile travels in a cookie of the browser that left, sealed with the
// key of the installation: whoever comes back in another browser, too late, or with another state, is refused. Each state serves once.
//
// Functions of one Tenant: any thread. Times are milliseconds since 1970, UTC.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "crypto/seal.h"
#include "tenants/tenant.h"

namespace beffroi::people::oidc {

inline constexpr std::int64_t kRoundMs = 10LL * 60 * 1000;

struct Round {
  std::string state, nonce, verifier;  // random, 256 bits each
  std::string back;                    // the address the provider sends back to
  std::string next;                    // the page to show in the end: a path of this site
  std::int64_t started_ms = 0;
};

[[nodiscard]] Round new_round(std::string back, std::string next, std::int64_t now_ms);
// S256 of PKCE (RFC 7636).
[[nodiscard]] std::string challenge_of(const Round& round);

[[nodiscard]] Result<std::string> sealed(const Round& round, const tenants::Tenant& tenant, const crypto::Sealer& sealer);
// Code::unauthenticated: not of this commune, altered, absent, over, or of another state.
[[nodiscard]] Result<Round> opened(std::string_view cookie, std::string_view state, const tenants::Tenant& tenant,
                                   const crypto::Sealer& sealer, std::int64_t now_ms);

// Code::unauthenticated the second time. `what`: a state, or the id of a logout token.
[[nodiscard]] Status use_once(const tenants::Tenant& tenant, std::string_view what, std::int64_t now_ms);

}  // namespace beffroi::people::oidc
