// Who is asking, and of which commune: what every handler receives, and its only way to a commune's data.
#pragma once

#include <string>
#include <vector>

#include "people/right.h"
#include "tenants/tenant.h"

namespace beffroi::people {

// A role, in the whole commune or in one of its services.
struct Membership {
  Role role = Role::reader;
  std::string service = {};  // « etat-civil »; empty: the whole commune
};

struct Visitor {
  enum class Kind { anonymous, person, key };

  tenants::Tenant tenant;
  Kind kind = Kind::anonymous;
  std::string id = {};                       // of the account, or of the key; empty for the public
  std::string name = {};                     // as shown on the pages; empty for the public
  std::string account = {};                  // of the person, or of the key's owner; empty for the public
  std::vector<Membership> memberships = {};  // empty for the public, who is Role::citizen
  std::vector<Right> scopes = {};            // of a key: it may do no more than these, even when its owner may
  std::string session = {};                  // id of the session of a person signed in
  std::string csrf = {};                     // its token, for the forms of its pages

  bool must_change = false;                  // a first password must be replaced before anything else: Right::own_account alone

  // Through one of its roles, in whatever service; for a key, when its scopes hold the right too. Somebody signed in without a role may
  // do what the public may, and see their own account.
  [[nodiscard]] bool may(Right right) const;
  // The same in this service: a role in the whole commune counts, a role in another service does not.
  [[nodiscard]] bool may(Right right, const std::string& service) const;
};

}  // namespace beffroi::people
