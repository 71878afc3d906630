// Signing in: by a password, or on the word of an identity provider that was checked before. The same time and the same sentence whether
// the account exists or not. Thread-safe; one SignIn a program.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "crypto/password.h"
#include "people/account.h"
#include "people/session.h"
#include "people/throttle.h"
#include "tenants/tenant.h"

namespace beffroi::people {

struct Credentials {
  std::string login;
  std::string password;
  std::string client;        // address of the machine (client.h)
  std::string device = {};   // value of the device cookie
  std::string browser = {};  // browser_of(User-Agent)
};

// What an identity provider says of a person, its signature, issuer, audience and times already checked.
struct ProvidedIdentity {
  std::string issuer;
  std::string subject;
  std::string login;                 // e-mail address or name to use for a new account
  std::string name;
  std::vector<std::string> groups;   // join the groups that name them as their claim (group.h)
  std::string browser = {};
};

struct Opened {
  std::string account;
  std::string secret;        // for set_session_cookie
  std::string session;       // its id
  std::string device;        // for set_device_cookie; empty when signed in by a provider
  bool must_change = false;  // must choose a password first
};

class SignIn {
 public:
  struct Parts {
    std::function<std::int64_t()> now_ms;  // since 1970, UTC
    Throttle::Clock steady_ms;             // only grows
    SessionRules rules = {};
    crypto::PasswordHasher::Limits crowd = {};
    crypto::PasswordCost cost = {};
  };
  explicit SignIn(Parts parts);
  [[nodiscard]] static Parts of_this_machine();  // its clocks

  // Code::unauthenticated: one sentence for every reason. Code::too_many: with the time to wait. Code::busy.
  [[nodiscard]] Result<Opened> by_password(const tenants::Tenant& tenant, const Credentials& credentials);

  // The account linked to this person, or a new one when `may_add`. Roles come from groups alone: without one, the person is signed in
  // and may do nothing but see their account. Code::conflict when an account with this login exists and is not linked: an administrator
  // links it (link_identity). Code::denied: unknown and not to be added, or disabled.
  // `within`: commits with a new account, or neither does.
  [[nodiscard]] Result<Opened> by_provider(const tenants::Tenant& tenant, const ProvidedIdentity& identity, bool may_add,
                                           const Within& within = {});

  // One's own password, the present one given again. Other sessions end. Code::unauthenticated, Code::too_many; Code::invalid_argument
  // when the new one is not good enough (password_rules.h).
  struct OwnPassword {
    std::string account, session, current, next, client;
  };
  [[nodiscard]] Status change_password(const tenants::Tenant& tenant, const OwnPassword& change);

  [[nodiscard]] Result<std::string> kept_form(std::string_view password) { return hasher_.hash(password); }
  [[nodiscard]] std::int64_t now_ms() const { return parts_.now_ms(); }
  [[nodiscard]] const SessionRules& rules() const { return parts_.rules; }

 private:
  // Is it the password? At the pace that tries are allowed.
  [[nodiscard]] Result<bool> tried(const Attempt& attempt, std::string_view kept, std::string_view password);

  const Parts parts_;
  crypto::PasswordHasher hasher_;
  Throttle throttle_;
};

}  // namespace beffroi::people
