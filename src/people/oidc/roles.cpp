#include "people/oidc/roles.h"

#include <algorithm>
#include <map>

#include "people/group.h"

namespace beffroi::people::oidc {

namespace {

using Memberships = std::vector<Membership>;

bool same(const Membership& left, const Membership& right) { return left.role == right.role && left.service == right.service; }

bool same(const Memberships& left, const Memberships& right) {
  const auto within = [](const Memberships& all, const Memberships& others) {
    return std::all_of(all.begin(), all.end(), [&others](const Membership& one) {
      return std::any_of(others.begin(), others.end(), [&one](const Membership& other) { return same(one, other); });
    });
  };
  return within(left, right) && within(right, left);
}

std::map<std::string, Memberships> wanted_in(const std::string& commune, std::span<const ClaimedRole> roles) {
  std::map<std::string, Memberships> wanted;
  for (const ClaimedRole& role : roles) {
    if (role.commune == commune) wanted[role.group].push_back(role.membership);
  }
  return wanted;
}

}  // namespace

Status apply_roles(const tenants::Tenant& tenant, std::span<const ClaimedRole> roles) {
  auto wanted = wanted_in(tenant.id(), roles);
  for (Group& group : BEFFROI_TRY(groups(tenant))) {
    if (!group.name.starts_with(kGroupPrefix)) continue;
    const auto found = wanted.find(group.name.substr(kGroupPrefix.size()));
    if (found == wanted.end()) {
      BEFFROI_CHECK(remove_group(tenant, group.id));
      continue;
    }
    if (group.claim != found->first || !same(group.memberships, found->second)) {
      group.claim = found->first;
      group.memberships = found->second;
      BEFFROI_CHECK(change_group(tenant, group));
    }
    wanted.erase(found);
  }
  for (const auto& [claim, memberships] : wanted) {
    const auto added = add_group(tenant, {"", std::string(kGroupPrefix) + claim, claim, memberships, {}});
    // Another sign in wrote it meanwhile.
    if (!added && added.error().code != Code::conflict) return tl::unexpected(added.error());
  }
  return {};
}

Result<bool> gives_a_role(const tenants::Tenant& tenant, std::span<const std::string> provider_groups) {
  const auto all = BEFFROI_TRY(groups(tenant));
  return std::any_of(all.begin(), all.end(), [&](const Group& group) {
    return !group.claim.empty() && !group.memberships.empty() &&
           std::find(provider_groups.begin(), provider_groups.end(), group.claim) != provider_groups.end();
  });
}

}  // namespace beffroi::people::oidc
