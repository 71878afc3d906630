// For tests: a door that takes everybody for the same visitor, and still holds them to their rights.
#pragma once

#include <utility>

#include "people/door.h"

namespace beffroi::people::fake {

class OpenDoor final : public Door {
 public:
  explicit OpenDoor(Visitor visitor) : visitor_(std::move(visitor)) {}
  // Somebody signed in with one role.
  OpenDoor(tenants::Tenant tenant, Role role) : visitor_{.tenant = std::move(tenant)} {
    if (role == Role::citizen) return;
    visitor_.kind = Visitor::Kind::person;
    visitor_.id = visitor_.account = "a1";
    visitor_.name = "Camille Martin";
    visitor_.memberships = {{role, ""}};
    visitor_.session = "s1";
    visitor_.csrf = "csrf";
  }
  Result<Visitor> admit(const http::Request&, Right right) const override {
    if (visitor_.may(right)) return visitor_;
    return fail(visitor_.kind == Visitor::Kind::anonymous ? Code::unauthenticated : Code::denied,
                "Vous n’avez pas le droit de faire cela.");
  }

 private:
  Visitor visitor_;
};

}  // namespace beffroi::people::fake
