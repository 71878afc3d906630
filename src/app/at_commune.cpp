#include "app/at_commune.h"

#include <fmt/format.h>
#include <unistd.h>

namespace beffroi::app {

audit::Who console_user() { return {audit::Actor::console, fmt::format("uid-{}", ::getuid())}; }

people::Within line_within(const tenants::Tenant& tenant, audit::Action action) {
  return [&tenant, action](db::Database& database, std::string_view id) {
    audit::Entry entry;
    entry.who = console_user();
    entry.action = action;
    entry.object = id;
    return audit::make_journal()->write_within(database, tenant, entry);
  };
}

Result<std::vector<people::Membership>> roles_of(std::span<const std::string> words) {
  std::vector<people::Membership> memberships;
  for (const std::string& word : words) {
    const std::size_t colon = std::min(word.find(':'), word.size());
    const auto role = people::role_of(std::string_view(word).substr(0, colon));
    if (!role) {
      std::vector<std::string_view> known;
      for (const people::Role each : people::all_roles()) {
        if (each != people::Role::citizen) known.push_back(people::name_of(each));
      }
      return fail(Code::invalid_argument,
                  fmt::format("«\u00a0{}\u00a0» n’est pas un rôle. Rôles\u00a0: {} (pour un service\u00a0: rôle:service).", word,
                              fmt::join(known, ", ")));
    }
    memberships.push_back({*role, colon < word.size() ? word.substr(colon + 1) : std::string()});
  }
  return memberships;
}

std::string word_of(const people::Membership& membership) {
  return std::string(people::name_of(membership.role)) + (membership.service.empty() ? "" : ":" + membership.service);
}

std::vector<std::string> words_of(std::span<const people::Membership> memberships) {
  std::vector<std::string> words;
  for (const people::Membership& membership : memberships) words.push_back(word_of(membership));
  return words;
}

}  // namespace beffroi::app
