#include "people/right.h"

#include <algorithm>
#include <array>

namespace beffroi::people {
namespace {

struct RoleRow {
  Role role;
  std::string_view name, title;
};
constexpr std::array<RoleRow, 8> kRoles{{
    {Role::citizen, "citizen", "Public"},
    {Role::reader, "reader", "Lecteur"},
    {Role::agent, "agent", "Agent"},
    {Role::validator, "validator", "Valideur"},
    {Role::service_administrator, "service_administrator", "Administrateur de service"},
    {Role::dpo, "dpo", "Délégué à la protection des données"},
    {Role::commune_administrator, "commune_administrator", "Administrateur de la commune"},
    {Role::syndicate_administrator, "syndicate_administrator", "Administrateur du syndicat"},
}};

// One line a right: who has it, in the order of Role (citizen, reader, agent, validator, service administrator, dpo, commune
// administrator, syndicate administrator).
struct RightRow {
  Right right;
  std::string_view name, roles, title;
};
constexpr std::array<RightRow, 24> kRights{{
    {Right::open, "open", "xxxxxxxx", "Lire les pages ouvertes à tous"},
    {Right::ask, "ask", "xxxxxxxx", "Chercher et poser des questions"},
    {Right::generate, "generate", "xxxxxxxx", "Faire écrire le modèle de langue"},
    {Right::own_account, "own_account", ".xxxxxxx", "Gérer son propre compte"},
    {Right::use_api, "use_api", ".xxxxxxx", "Utiliser l’API /v1"},
    {Right::manage_documents, "manage_documents", "..xxx.x.", "Gérer les documents de la commune"},
    {Right::see_canteens, "see_canteens", ".xxxx.x.", "Voir les cantines"},
    {Right::plan_canteens, "plan_canteens", "..xxx.x.", "Prévoir et commander pour les cantines"},
    {Right::approve, "approve", "...xx.x.", "Approuver ce que d’autres ont rédigé"},
    {Right::see_metering, "see_metering", "..xxxxxx", "Voir ce que coûtent les demandes"},
    {Right::see_audit, "see_audit", ".....xxx", "Lire le journal"},
    {Right::see_register, "see_register", ".....xxx", "Lire le registre des traitements"},
    {Right::serve_requests, "serve_requests", ".....xx.", "Répondre aux demandes d’accès et d’effacement"},
    {Right::manage_people, "manage_people", "......xx", "Gérer les personnes"},
    {Right::manage_keys, "manage_keys", "......xx", "Gérer les clés de la commune"},
    {Right::manage_charter, "manage_charter", "......xx", "Gérer la charte"},
    {Right::manage_retention, "manage_retention", ".....xxx", "Régler les durées de conservation"},
    {Right::name_delegate, "name_delegate", ".....xxx", "Nommer le délégué à la protection des données"},
    {Right::manage_settings, "manage_settings", "......xx", "Régler les modèles et les quotas"},
    {Right::see_health, "see_health", "......xx", "Voir l’état du service"},
    {Right::manage_jobs, "manage_jobs", "......xx", "Gérer les tâches"},
    {Right::manage_grants, "manage_grants", "......x.", "Ouvrir des contenus au syndicat"},
    {Right::manage_communes, "manage_communes", ".......x", "Gérer les communes du syndicat"},
    {Right::see_counts, "see_counts", ".......x", "Voir les nombres des communes"},
}};

constexpr std::array<Role, kRoles.size()> kAllRoles = [] {
  std::array<Role, kRoles.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = kRoles[i].role;
  return all;
}();
constexpr std::array<Right, kRights.size()> kAllRights = [] {
  std::array<Right, kRights.size()> all{};
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = kRights[i].right;
  return all;
}();

const RightRow* row_of(Right right) {
  const auto found = std::find_if(kRights.begin(), kRights.end(), [&](const RightRow& row) { return row.right == right; });
  return found == kRights.end() ? nullptr : &*found;
}

const RoleRow* row_of(Role role) {
  const auto found = std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleRow& row) { return row.role == role; });
  return found == kRoles.end() ? nullptr : &*found;
}

}  // namespace

bool may(Role role, Right right) {
  const RightRow* row = row_of(right);
  const auto column = static_cast<std::size_t>(role);
  return row != nullptr && column < row->roles.size() && row->roles[column] == 'x';
}

std::string_view name_of(Role role) {
  const RoleRow* row = row_of(role);
  return row == nullptr ? std::string_view{} : row->name;
}

std::string_view name_of(Right right) {
  const RightRow* row = row_of(right);
  return row == nullptr ? std::string_view{} : row->name;
}

std::string_view title_of(Role role) {
  const RoleRow* row = row_of(role);
  return row == nullptr ? std::string_view{} : row->title;
}

std::string_view title_of(Right right) {
  const RightRow* row = row_of(right);
  return row == nullptr ? std::string_view{} : row->title;
}

std::optional<Role> role_of(std::string_view name) {
  for (const RoleRow& row : kRoles) {
    if (row.name == name) return row.role;
  }
  return std::nullopt;
}

std::optional<Right> right_of(std::string_view name) {
  for (const RightRow& row : kRights) {
    if (row.name == name) return row.right;
  }
  return std::nullopt;
}

std::span<const Role> all_roles() { return kAllRoles; }
std::span<const Right> all_rights() { return kAllRights; }

}  // namespace beffroi::people
