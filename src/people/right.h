// What a role may do: one table, and nothing elsewhere decides it. Deny by default: a right that a role does not have is refused.
//
// Rights hold inside one commune, that of the visitor's Tenant. Pure, thread-safe.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace beffroi::people {

enum class Role {
  citizen,                  // nobody signed in: the public
  reader,                   // an agent who reads
  agent,                    // and works: canteens, documents
  validator,                // and approves what others wrote
  service_administrator,    // and runs a service (état civil, RH…)
  dpo,                      // data protection officer: traces, register, requests of persons; not the settings
  commune_administrator,    // people, keys, charter, settings, retention of the commune
  syndicate_administrator,  // of a syndicate's own node, and the list of its communes: counts and health, never contents
};

enum class Right {
  open,              // pages that everybody may read, health, sign in
  ask,               // questions answered by extracts, search
  generate,          // functions where a model writes or chooses: the charter must have been accepted
  own_account,       // one's password, sessions and keys
  use_api,           // /v1: the OpenAI-compatible door
  manage_documents,  // collections and documents of the commune
  see_canteens,
  plan_canteens,
  approve,           // drafts written by others
  see_metering,      // what the commune's requests cost
  see_audit,         // reading and exporting the journal, which is itself written
  see_register,      // processing activities, acceptances of the charter
  serve_requests,    // access and erasure asked by a person
  manage_people,     // accounts, roles, groups, their sessions
  manage_keys,       // API keys of the commune
  manage_charter,
  manage_retention,
  name_delegate,     // whom the register names as delegate for the protection of data
  manage_settings,   // models, upstreams, quotas, privacy policy, hours of the town hall
  see_health,        // metrics, state of the parts
  manage_jobs,       // progress, stop, retry
  manage_grants,     // opening contents to the syndicate, in writing, for a time
  manage_communes,   // the syndicate's tree
  see_counts,        // numbers of each commune of the syndicate
};

[[nodiscard]] bool may(Role role, Right right);

// "commune_administrator", "plan_canteens": stable, for files, keys and routes.
[[nodiscard]] std::string_view name_of(Role role);
[[nodiscard]] std::string_view name_of(Right right);
[[nodiscard]] std::optional<Role> role_of(std::string_view name);
[[nodiscard]] std::optional<Right> right_of(std::string_view name);
// French, for people: « Administrateur de la commune ».
[[nodiscard]] std::string_view title_of(Role role);
[[nodiscard]] std::string_view title_of(Right right);

[[nodiscard]] std::span<const Role> all_roles();
[[nodiscard]] std::span<const Right> all_rights();

}  // namespace beffroi::people
