// beffroi group: roles given once to several people.
#include <fmt/format.h>

#include <algorithm>

#include "app/at_commune.h"
#include "app/people_commands.h"
#include "json/writer.h"
#include "people/account.h"
#include "people/group.h"

namespace beffroi::app {

namespace {

using tenants::Tenant;

Result<people::Group> find(const Tenant& tenant, const std::string& name) {
  const auto all = BEFFROI_TRY(people::groups(tenant));
  for (const people::Group& group : all) {
    if (group.name == name) return group;
  }
  return fail(Code::not_found, fmt::format("Aucun groupe de {} ne s’appelle «\u00a0{}\u00a0».", tenant.id(), name));
}

Status list(const Tenant& tenant, const GroupOptions& options) {
  const auto groups = BEFFROI_TRY(people::groups(tenant));
  if (!options.json) {
    for (const people::Group& group : groups) {
      fmt::print("{}  {}  ({} personnes){}\n", group.name, fmt::join(words_of(group.memberships), " "), group.accounts.size(),
                 group.claim.empty() ? "" : " — rempli par «\u00a0" + group.claim + "\u00a0»");
    }
    if (groups.empty()) fmt::print("Aucun groupe à {}.\n", tenant.id());
    return {};
  }
  json::Writer out;
  out.begin_array();
  for (const people::Group& group : groups) {
    out.begin_object().field("id", group.id).field("name", group.name).field("claim", group.claim);
    out.field("roles", words_of(group.memberships)).field("accounts", group.accounts).end_object();
  }
  out.end_array();
  fmt::print("{}\n", out.text());
  return {};
}

Status add(const Tenant& tenant, const GroupOptions& options) {
  people::Group group{"", options.name, options.claim};
  group.memberships = BEFFROI_TRY(roles_of(options.roles));
  BEFFROI_TRY(recorded(tenant, audit::Action::setting_changed, "group:new", [&] { return people::add_group(tenant, group); }));
  fmt::print("Groupe «\u00a0{}\u00a0» ajouté à {}.\n", options.name, tenant.id());
  return {};
}

using Membership = Status (*)(const Tenant&, std::string_view group, std::string_view account);

int with_member(const Config& config, const GroupOptions& options, Membership act, audit::Action action) {
  const char* const sentence = action == audit::Action::role_given ? "est dans" : "n’est plus dans";
  return at_commune(config, options.commune, [&](const Tenant& tenant) -> Status {
    const people::Group group = BEFFROI_TRY(find(tenant, options.name));
    const people::Account account = BEFFROI_TRY(people::account_named(tenant, options.login));
    BEFFROI_CHECK(recorded(tenant, action, account.id + ":" + group.id, [&] { return act(tenant, group.id, account.id); }));
    fmt::print("{} {} «\u00a0{}\u00a0».\n", account.login, sentence, group.name);
    return {};
  });
}

}  // namespace

int run_group_add(const Config& config, const GroupOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return add(tenant, options); });
}

int run_group_list(const Config& config, const GroupOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) { return list(tenant, options); });
}

int run_group_remove(const Config& config, const GroupOptions& options) {
  return at_commune(config, options.commune, [&](const Tenant& tenant) -> Status {
    const std::string id = BEFFROI_TRY(find(tenant, options.name)).id;
    BEFFROI_CHECK(recorded(tenant, audit::Action::setting_changed, "group:" + id, [&] { return people::remove_group(tenant, id); }));
    fmt::print("Groupe «\u00a0{}\u00a0» retiré.\n", options.name);
    return {};
  });
}

int run_group_join(const Config& config, const GroupOptions& options) {
  return with_member(config, options, people::add_to_group, audit::Action::role_given);
}

int run_group_leave(const Config& config, const GroupOptions& options) {
  return with_member(config, options, people::remove_from_group, audit::Action::role_removed);
}

}  // namespace beffroi::app
