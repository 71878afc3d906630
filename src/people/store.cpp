#include "people/store.h"

#include <fmt/format.h>

#include <algorithm>

#include "json/utf8.h"

namespace beffroi::people::store {

namespace {
constexpr std::size_t kMaxServiceBytes = 63;

bool is_service(std::string_view text) {
  return text.size() <= kMaxServiceBytes &&
         std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}
}  // namespace

Result<std::vector<Membership>> read_memberships(db::Statement& statement) {
  std::vector<Membership> found;
  while (BEFFROI_TRY(statement.step())) {
    const auto role = role_of(statement.text(0));
    if (role) found.push_back({*role, std::string(statement.text(1))});
  }
  return found;
}

Result<std::vector<Membership>> all_memberships(db::Database& database, std::string_view account) {
  db::Statement rows = BEFFROI_TRY(
      database.prepare("SELECT role, service FROM people_membership WHERE account = ? "
                       "UNION SELECT r.role, r.service FROM people_group_member m JOIN people_group_role r ON r.group_id = m.group_id "
                       "WHERE m.account = ? ORDER BY 1, 2"));
  BEFFROI_CHECK(rows.bind_all(account, account));
  return read_memberships(rows);
}

Status check_memberships(const tenants::Tenant& tenant, std::span<const Membership> memberships) {
  for (const Membership& membership : memberships) {
    if (membership.role == Role::citizen) {
      return fail(Code::invalid_argument, "Le rôle « Public » est celui de qui n’est pas connecté\u00a0: il ne se donne pas.");
    }
    if (membership.role == Role::syndicate_administrator && tenant.kind() != tenants::Kind::syndicate) {
      return fail(Code::invalid_argument, "Ce rôle n’existe que dans un syndicat.");
    }
    if (!is_service(membership.service)) {
      return fail(Code::invalid_argument, "L’identifiant d’un service s’écrit en minuscules sans accent, chiffres et tirets.");
    }
  }
  return {};
}

Status check_label(std::string_view text, std::size_t most, std::string_view what) {
  const bool plain = std::none_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (text.empty() || text.size() > most || !plain || !json::is_utf8(text) || text.front() == ' ' || text.back() == ' ') {
    return fail(Code::invalid_argument, fmt::format("{} doit tenir en 1 à {} caractères, sans espace au début ni à la fin.", what, most));
  }
  return {};
}

tl::unexpected<Error> no_account() { return fail(Code::not_found, "Ce compte n’existe pas."); }

}  // namespace beffroi::people::store
