// API keys: « bfr_<commune>_<id>_<secret> », shown once. The database holds the hash of a secret of 256 random bits, so a plain SHA-256
// is enough: there is nothing to guess. A key does no more than its scopes, nor than its owner may at that moment.
//
// Functions of one Tenant: any thread. Times are milliseconds since 1970, UTC, given by the caller; expiry follows the machine's clock.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/right.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::people {

inline constexpr std::int64_t kLongestKeyDays = 366;
inline constexpr std::size_t kMostKeys = 50;  // of an account, revoked ones left out

struct Key {
  std::string id;
  std::string account;         // of its owner
  std::string name;            // « Site de la mairie »
  std::vector<Right> scopes;
  std::int64_t created_ms = 0;
  std::int64_t ends_ms = 0;
  std::string last_used_day;   // « 2026-11-27 »; empty: never
  bool revoked = false;
};

struct NewKey {
  std::string account;
  std::string name;
  std::vector<Right> scopes;
  std::int64_t days = 90;      // 1 to kLongestKeyDays
};

struct IssuedKey {
  Key key;
  std::string text;            // the only time it is seen
};

// A key as it is presented, cut into its parts.
struct KeyText {
  std::string commune, id, secret;
};
[[nodiscard]] std::optional<KeyText> parse_key(std::string_view text);
[[nodiscard]] std::optional<KeyText> key_in(std::string_view authorization);  // the header: « Bearer bfr_… »

// Whose key it is, and what it may do.
struct FoundKey {
  Key key;
  std::string owner_name;
  std::vector<Membership> memberships;  // of its owner
};

// Rights that a key may carry at all: a key never makes keys nor changes its owner's account.
[[nodiscard]] bool fits_a_key(Right right);

// Code::denied when the owner has not one of the scopes or is disabled; Code::invalid_argument without a name, a scope or good days;
// Code::conflict beyond kMostKeys.
[[nodiscard]] Result<IssuedKey> issue_key(const tenants::Tenant& tenant, const NewKey& key, std::int64_t now_ms);
// Nothing when the secret is not the key's, when it was revoked, is over, or its owner is disabled. Notes the day of use.
[[nodiscard]] Result<std::optional<FoundKey>> find_key(const tenants::Tenant& tenant, const KeyText& text, std::int64_t now_ms);
[[nodiscard]] Result<std::vector<Key>> keys(const tenants::Tenant& tenant);  // of the commune, latest first
[[nodiscard]] Result<std::vector<Key>> keys_of(const tenants::Tenant& tenant, std::string_view account);
[[nodiscard]] Status revoke_key(const tenants::Tenant& tenant, std::string_view id);
// One of this account's. Code::not_found.
[[nodiscard]] Status revoke_key_of(const tenants::Tenant& tenant, std::string_view account, std::string_view id);

// « 2026-11-27 », UTC.
[[nodiscard]] std::string day_of(std::int64_t time_ms);

}  // namespace beffroi::people
