// Roles on the pages: chosen in forms, said in words. Only for this folder.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "pages/form.h"
#include "people/visitor.h"
#include "usecases/administration/call.h"

namespace beffroi::administration {

// « Agent (service restauration) »
[[nodiscard]] std::string role_words(const people::Membership& membership);
// « Agent, Valideur »; « aucun rôle »
[[nodiscard]] std::string roles_words(std::span<const people::Membership> memberships);

// The two fields of a form: role, service. The roles are those that this kind of node has. `none`: the words of a first choice that gives
// no role; empty: a role must be chosen.
void write_role_fields(Html& html, const Call& call, std::string_view label, std::string_view none = {});
// What they say. Code::invalid_argument without a role, or for one that this kind of node does not have: what a form did not offer is not given.
[[nodiscard]] Result<people::Membership> role_in(const http::Parameters& form, tenants::Kind kind);

// « agent:restauration », for a hidden field; and back.
[[nodiscard]] std::string coded(const people::Membership& membership);
[[nodiscard]] Result<people::Membership> decoded(std::string_view text);

// True when these roles let their holder manage the people of the commune.
[[nodiscard]] bool lets_manage_people(std::span<const people::Membership> memberships);

}  // namespace beffroi::administration
