#include "people/visitor.h"

#include <algorithm>

namespace beffroi::people {
namespace {

bool within(const Visitor& visitor, Right right) {
  return visitor.kind != Visitor::Kind::key || std::find(visitor.scopes.begin(), visitor.scopes.end(), right) != visitor.scopes.end();
}

// What nobody needs a role for: what the public may do, and one's own account once signed in.
bool without_role(Right right) { return people::may(Role::citizen, right) || right == Right::own_account; }

}  // namespace

bool Visitor::may(Right right) const {
  if (kind == Kind::anonymous) return people::may(Role::citizen, right);
  if (!within(*this, right)) return false;
  return without_role(right) ||
         std::any_of(memberships.begin(), memberships.end(), [&](const Membership& member) { return people::may(member.role, right); });
}

bool Visitor::may(Right right, const std::string& service) const {
  if (kind == Kind::anonymous) return people::may(Role::citizen, right);
  if (!within(*this, right)) return false;
  return without_role(right) || std::any_of(memberships.begin(), memberships.end(), [&](const Membership& member) {
           return people::may(member.role, right) && (member.service.empty() || member.service == service);
         });
}

}  // namespace beffroi::people
