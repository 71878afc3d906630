// The accounts of one commune: who may sign in, under which roles. Everything is in the commune's own database.
//
// Functions of one Tenant: they open a connection each, any thread. Unknown ids are Code::not_found.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::people {

struct Account {
  std::string id;
  std::string login;               // as written by `login_of`: an e-mail address or a short name
  std::string name;                // « Camille Martin »
  bool must_change = false;        // must choose a password before anything else
  bool disabled = false;
  bool has_password = false;       // false: signs in through an identity provider only
  std::int64_t created_ms = 0;     // since 1970, UTC
  std::vector<Membership> memberships = {};  // given by name; those of its groups are not here
};

struct NewAccount {
  std::string login;
  std::string name;
  std::string kept_password = {};  // PasswordHasher::hash; empty: none
  bool must_change = true;
  std::vector<Membership> memberships = {};
  std::string issuer = {}, subject = {};  // of an identity provider, linked in the same transaction; empty: none
};

// What commits with a change of an account, or neither does (its line in the journal): called inside the transaction, with the id of the
// account, once the change is made. Its error undoes the change. Empty: nothing more.
using Within = std::function<Status(db::Database&, std::string_view id)>;

// One writing for what people type: without spaces around, ASCII letters in lower case. Code::invalid_argument unless it has 2 to 254
// bytes of valid UTF-8 without spaces or control characters.
[[nodiscard]] Result<std::string> login_of(std::string_view typed);

// Code::conflict when the login is taken.
[[nodiscard]] Result<Account> add_account(const tenants::Tenant& tenant, const NewAccount& account, std::int64_t now_ms,
                                          const Within& within = {});
[[nodiscard]] Result<Account> account_of(const tenants::Tenant& tenant, std::string_view id);
[[nodiscard]] Result<Account> account_named(const tenants::Tenant& tenant, std::string_view login);
[[nodiscard]] Result<std::vector<Account>> accounts(const tenants::Tenant& tenant);  // by name

[[nodiscard]] Status rename_account(const tenants::Tenant& tenant, std::string_view id, std::string_view name, const Within& within = {});
// The roles given by name, all of them. Code::invalid_argument for Role::citizen, and for a role that the node's kind does not have.
[[nodiscard]] Status set_memberships(const tenants::Tenant& tenant, std::string_view id, std::span<const Membership> memberships,
                                     const Within& within = {});
// Its own roles and those of its groups.
[[nodiscard]] Result<std::vector<Membership>> memberships_of(const tenants::Tenant& tenant, std::string_view id);

// Disabled: its sessions end at once and its keys open nothing any more, until it is enabled again (sessions do not come back).
[[nodiscard]] Status set_disabled(const tenants::Tenant& tenant, std::string_view id, bool disabled, const Within& within = {});

// Another password: every session but `kept_session` ends, and browsers known before are strangers again (device.h).
// `kept_password`: PasswordHasher::hash.
struct PasswordChange {
  std::string_view kept_password;
  bool must_change = false;
  std::string_view kept_session = {};
};
[[nodiscard]] Status set_password(const tenants::Tenant& tenant, std::string_view id, const PasswordChange& change,
                                  const Within& within = {});

// The person of an identity provider is this account. Code::conflict when it is another's.
[[nodiscard]] Status link_identity(const tenants::Tenant& tenant, std::string_view id, std::string_view issuer, std::string_view subject,
                                   const Within& within = {});
[[nodiscard]] Result<std::optional<std::string>> account_of_identity(const tenants::Tenant& tenant, std::string_view issuer,
                                                                     std::string_view subject);

// Everything of the account goes, sessions and keys included.
[[nodiscard]] Status erase_account(const tenants::Tenant& tenant, std::string_view id);

}  // namespace beffroi::people
