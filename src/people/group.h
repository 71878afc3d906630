// Groups: roles given once to several people, by hand or by what their identity provider says of them (a « claim »).
// Functions of one Tenant: any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::people {

struct Group {
  std::string id;
  std::string name;                    // « Service de la restauration »
  std::string claim = {};              // the group of the identity provider that fills this one, written the same; empty: none
  std::vector<Membership> memberships = {};  // what its members receive
  std::vector<std::string> accounts = {};    // ids of its members, by hand or by claim
};

// Code::conflict when the name is taken; Code::invalid_argument for a name that is empty or over 100 bytes, and as for set_memberships.
[[nodiscard]] Result<Group> add_group(const tenants::Tenant& tenant, const Group& group);
[[nodiscard]] Status change_group(const tenants::Tenant& tenant, const Group& group);  // name, claim and memberships; not the members
[[nodiscard]] Result<std::vector<Group>> groups(const tenants::Tenant& tenant);        // by name
[[nodiscard]] Status remove_group(const tenants::Tenant& tenant, std::string_view id);

// By hand.
[[nodiscard]] Status add_to_group(const tenants::Tenant& tenant, std::string_view group, std::string_view account);
// By hand and by claim; a claim fills it again at the next sign in.
[[nodiscard]] Status remove_from_group(const tenants::Tenant& tenant, std::string_view group, std::string_view account);

// What the provider says now replaces what it said before: groups whose claim is among `claims` are joined, the others left.
[[nodiscard]] Status join_claimed_groups(const tenants::Tenant& tenant, std::string_view account, std::span<const std::string> claims);

}  // namespace beffroi::people
