// Sessions of people signed in: a secret of 256 random bits in a cookie, its hash in the commune's database. A session ends when nobody
// used it for a while, at the end of the longest time allowed, when it is revoked, or when its account is disabled: at once.
//
// Functions of one Tenant: any thread. Times are milliseconds since 1970, UTC, given by the caller. When the clock goes back behind what
// a session has seen, the session is over: an old secret never gains time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::people {

struct SessionRules {
  std::int64_t idle_ms = 2LL * 3600 * 1000;    // without a request
  std::int64_t whole_ms = 12LL * 3600 * 1000;  // whatever happens: a day of work
};

struct Session {
  std::string id;              // to show and to revoke; opens nothing
  std::string method;          // "password", "oidc"
  std::string browser;         // « Firefox, Linux »: enough to know one's own; may be empty
  std::int64_t created_ms = 0;
  std::int64_t seen_ms = 0;    // to the minute
  std::int64_t ends_ms = 0;    // at the latest
};

struct NewSession {
  std::string account;
  std::string method;
  std::string browser = {};    // see browser_of
};

struct OpenedSession {
  Session session;
  std::string secret;          // for the cookie; kept nowhere
};

// Who is behind a secret.
struct SignedIn {
  Session session;
  std::string account;
  std::string name;
  bool must_change = false;
  std::vector<Membership> memberships;
};

// Code::denied when the account is disabled. An account keeps its 20 latest sessions.
[[nodiscard]] Result<OpenedSession> open_session(const tenants::Tenant& tenant, const NewSession& session, std::int64_t now_ms,
                                                 const SessionRules& rules = {});
// Nothing: no such session, or it is over.
[[nodiscard]] Result<std::optional<SignedIn>> find_session(const tenants::Tenant& tenant, std::string_view secret, std::int64_t now_ms,
                                                           const SessionRules& rules = {});
// Those that still open something, latest seen first.
[[nodiscard]] Result<std::vector<Session>> sessions_of(const tenants::Tenant& tenant, std::string_view account, std::int64_t now_ms,
                                                       const SessionRules& rules = {});
// One of this account's. Code::not_found.
[[nodiscard]] Status revoke_session(const tenants::Tenant& tenant, std::string_view account, std::string_view session);
[[nodiscard]] Status revoke_sessions(const tenants::Tenant& tenant, std::string_view account);
// Forgets those that were over for a week; says how many.
[[nodiscard]] Result<std::int64_t> purge_sessions(const tenants::Tenant& tenant, std::int64_t now_ms);

// The token that forms and scripts of this session's pages give back.
[[nodiscard]] std::string csrf_of(std::string_view secret);

// From a User-Agent header: « Firefox, Windows ». Empty when neither is known.
[[nodiscard]] std::string browser_of(std::string_view user_agent);

}  // namespace beffroi::people
