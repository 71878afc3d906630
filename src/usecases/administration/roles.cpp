#include "usecases/administration/roles.h"

#include <algorithm>

#include "text/analysis.h"

namespace beffroi::administration {

namespace {

using people::Membership;
using people::Role;

// One line for who chooses: what the role opens.
std::string_view hint_of(Role role) {
  switch (role) {
    case Role::reader: return "consulte, sans rien changer";
    case Role::agent: return "travaille\u00a0: cantines, documents";
    case Role::validator: return "et approuve ce que d’autres ont rédigé";
    case Role::service_administrator: return "et dirige un service";
    case Role::dpo: return "journal, registre, demandes des personnes";
    case Role::commune_administrator: return "personnes, clés, réglages de la commune";
    case Role::syndicate_administrator: return "communes du syndicat";
    case Role::citizen: return {};
  }
  return {};
}

bool exists_in(Role role, tenants::Kind kind) {
  if (role == Role::citizen) return false;
  if (role == Role::syndicate_administrator) return kind == tenants::Kind::syndicate;
  return role != Role::commune_administrator || kind == tenants::Kind::commune;
}

}  // namespace

std::string role_words(const Membership& membership) {
  std::string words(people::title_of(membership.role));
  if (!membership.service.empty()) words += " (service " + membership.service + ")";
  return words;
}

std::string roles_words(std::span<const Membership> memberships) {
  std::string words;
  for (const Membership& membership : memberships) words += (words.empty() ? "" : ", ") + role_words(membership);
  return words.empty() ? "aucun rôle" : words;
}

void write_role_fields(Html& html, const Call& call, std::string_view label, std::string_view none) {
  std::vector<pages::Option> roles;
  if (!none.empty()) roles.push_back({"", std::string(none)});
  for (const Role role : people::all_roles()) {
    if (!exists_in(role, call.tenant().kind())) continue;
    roles.push_back({std::string(people::name_of(role)), std::string(people::title_of(role)) + " – " + std::string(hint_of(role))});
  }
  const std::string role = call.typed("role", none.empty() ? people::name_of(Role::agent) : std::string_view{});
  pages::write_select(html, {.id = "role", .label = label, .value = role, .fault = call.fault("role"), .required = none.empty()}, roles);
  const std::string service = call.typed("service");
  pages::write_field(html, {.id = "service",
                            .label = "Dans un seul service",
                            .hint = "Par exemple «\u00a0restauration\u00a0». Laissez vide pour toute la commune.",
                            .value = service,
                            .fault = call.fault("service"),
                            .required = false,
                            .most_characters = "60"});
}

Result<Membership> role_in(const http::Parameters& form, tenants::Kind kind) {
  const auto role = people::role_of(form.value("role"));
  if (!role || !exists_in(*role, kind)) return fail(Code::invalid_argument, "Choisissez un rôle dans la liste.");
  // « État civil » is the service « etat-civil ».
  std::string service = text::fold(trimmed(form.value("service")));
  std::replace_if(service.begin(), service.end(), [](char c) { return c == ' ' || c == '\''; }, '-');
  return Membership{*role, service};
}

std::string coded(const Membership& membership) { return std::string(people::name_of(membership.role)) + ":" + membership.service; }

Result<Membership> decoded(std::string_view text) {
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto role = people::role_of(text.substr(0, colon));
  if (!role) return fail(Code::invalid_argument, "Ce rôle n’existe pas\u00a0: rechargez la page.");
  return Membership{*role, std::string(colon < text.size() ? text.substr(colon + 1) : std::string_view{})};
}

bool lets_manage_people(std::span<const Membership> memberships) {
  return std::any_of(memberships.begin(), memberships.end(),
                     [](const Membership& membership) { return people::may(membership.role, Right::manage_people); });
}

}  // namespace beffroi::administration
