#include "usecases/canteen/importing/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "text/analysis.h"

namespace beffroi::canteen {

namespace {

struct RoleWords {
  Role role;
  std::string_view word, label;
  std::string_view names;  // folded, letters and digits only, « | » around each
};

// clang-format off: a table of words
constexpr std::array<RoleWords, 17> kRoles = {{
    {Role::ignored, "ignored", "ne pas lire", ""},
    {Role::day, "day", "jour", "|date|jour|day|datplgpresat|dateprestation|datedurepas|daterepas|datedeservice|dateservice|"},
    {Role::site, "site", "nom de la cantine", "|site|sitenom|cantine|cantinenom|nomcantine|nomdelacantine|nomsat|satellite|restaurant|restaurantscolaire|ecole|etablissement|nom|"},
    {Role::site_code, "site_code", "code de la cantine", "|siteid|code|codesite|codecantine|codsat|numsat|uai|idsite|"},
    {Role::site_kind, "site_kind", "type (M, E, M/E)", "|type|sitetype|cantinetype|typesite|niveau|"},
    {Role::category, "category", "catégorie de convives", "|libcon|convive|convives|categorie|categoriedeconvives|typedeconvive|typeconvive|"},
    {Role::meal, "meal", "prestation", "|libpre|prestation|repas|typederepas|libelleprestation|"},
    {Role::served, "served", "repas servis", "|served|servis|repasservis|reel|effectifreel|toteffree|presents|frequentation|realise|nbrepas|nombrederepas|repasreels|"},
    {Role::ordered, "ordered", "repas commandés par les agents", "|agents|commande|commandes|repascommandes|prevision|previsions|prevu|prevus|repasprevus|toteffprev|effectifprevu|effectifprevisionnel|"},
    {Role::children, "children", "enfants inscrits", "|effectif|effectifs|inscrits|enfants|children|nbinscrits|elevesinscrits|"},
    {Role::school_year, "school_year", "année scolaire", "|anneescolaire|schoolyear|annee|anscol|"},
    {Role::dish, "dish", "plat", "|dish|plat|plats|menu|libelleplat|libelle|libelledesplats|"},
    {Role::zone, "zone", "zone", "|zone|zones|"},
    {Role::first_day, "first_day", "début des vacances", "|datededebut|debut|startdate|datedebut|"},
    {Role::last_day, "last_day", "reprise des cours", "|datedefin|fin|enddate|datefin|reprise|"},
    {Role::title, "title", "nom des vacances", "|description|vacances|vacancesnom|"},
    {Role::population, "population", "élèves ou enseignants", "|population|"},
}};
// clang-format on

constexpr std::array kAttendanceRoles = {Role::ignored,  Role::day,  Role::site,   Role::site_code, Role::site_kind,
                                         Role::category, Role::meal, Role::served, Role::ordered};
constexpr std::array kEnrolmentRoles = {Role::ignored, Role::site, Role::site_code, Role::site_kind, Role::school_year, Role::children};
constexpr std::array kMenuRoles = {Role::ignored, Role::day, Role::dish};
constexpr std::array kHolidayRoles = {Role::ignored, Role::title, Role::first_day, Role::last_day, Role::zone, Role::population};

struct KindWords {
  FileKind kind;
  std::string_view word, label;
};
constexpr std::array<KindWords, 4> kKinds = {{{FileKind::attendance, "attendance", "repas servis et commandés"},
                                              {FileKind::enrolment, "enrolment", "enfants inscrits"},
                                              {FileKind::menus, "menus", "menus"},
                                              {FileKind::holidays, "holidays", "vacances scolaires"}}};

const RoleWords& words_of(Role role) {
  return *std::find_if(kRoles.begin(), kRoles.end(), [&](const RoleWords& words) { return words.role == role; });
}

std::string squeezed(std::string_view name) {
  std::string out;
  for (const char letter : text::fold(name)) {
    if ((letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')) out += letter;
  }
  return out;
}

Role role_named(std::string_view name) {
  const std::string asked = "|" + squeezed(name) + "|";
  if (asked.size() == 2) return Role::ignored;
  for (const RoleWords& words : kRoles) {
    if (words.names.find(asked) != std::string_view::npos) return words.role;
  }
  return Role::ignored;
}

bool has(const std::vector<Role>& roles, Role role) { return std::find(roles.begin(), roles.end(), role) != roles.end(); }

FileKind kind_of(const std::vector<Role>& roles) {
  if (has(roles, Role::first_day) && has(roles, Role::last_day)) return FileKind::holidays;
  if (has(roles, Role::day) && has(roles, Role::dish)) return FileKind::menus;
  if (has(roles, Role::children) && has(roles, Role::school_year) && !has(roles, Role::day)) return FileKind::enrolment;
  return FileKind::attendance;
}

}  // namespace

std::string_view label_of(FileKind kind) { return kKinds.at(static_cast<std::size_t>(kind)).label; }
std::string_view word_of(FileKind kind) { return kKinds.at(static_cast<std::size_t>(kind)).word; }
std::optional<FileKind> file_kind(std::string_view word) {
  for (const KindWords& kind : kKinds) {
    if (kind.word == word) return kind.kind;
  }
  return std::nullopt;
}

std::string_view label_of(Role role) { return words_of(role).label; }
std::string_view word_of(Role role) { return words_of(role).word; }
std::optional<Role> role_of(std::string_view word) {
  for (const RoleWords& words : kRoles) {
    if (words.word == word) return words.role;
  }
  return std::nullopt;
}

std::span<const Role> roles_for(FileKind kind) {
  switch (kind) {
    case FileKind::attendance: return kAttendanceRoles;
    case FileKind::enrolment: return kEnrolmentRoles;
    case FileKind::menus: return kMenuRoles;
    case FileKind::holidays: return kHolidayRoles;
  }
  return {};
}

Columns guess_columns(const std::vector<std::string>& header) {
  Columns out;
  for (const std::string& name : header) {
    const Role role = role_named(name);
    out.roles.push_back(has(out.roles, role) ? Role::ignored : role);
  }
  out.kind = kind_of(out.roles);
  const auto allowed = roles_for(out.kind);
  for (Role& role : out.roles) {
    if (std::find(allowed.begin(), allowed.end(), role) == allowed.end()) role = Role::ignored;
  }
  return out;
}

std::string fault_of(const Columns& columns) {
  const auto allowed = roles_for(columns.kind);
  for (const Role role : allowed) {
    if (role == Role::ignored) continue;
    if (std::count(columns.roles.begin(), columns.roles.end(), role) > 1)
      return fmt::format("Deux colonnes sont données pour «\u00a0{}\u00a0»\u00a0: gardez-en une.", label_of(role));
  }
  for (const Role role : columns.roles) {
    if (std::find(allowed.begin(), allowed.end(), role) == allowed.end())
      return fmt::format("Une colonne «\u00a0{}\u00a0» n’a pas sa place dans un fichier de {}.", label_of(role), label_of(columns.kind));
  }
  const auto needs = [&](Role role) { return has(columns.roles, role) ? std::string() : std::string(label_of(role)); };
  std::vector<std::string> missing;
  const auto need = [&](std::initializer_list<Role> one_of) {
    std::string names;
    for (const Role role : one_of) {
      const std::string name = needs(role);
      if (name.empty()) return;
      names += (names.empty() ? "" : " ou ") + name;
    }
    missing.push_back(names);
  };
  switch (columns.kind) {
    case FileKind::attendance: need({Role::day}), need({Role::site, Role::site_code}), need({Role::served, Role::ordered}); break;
    case FileKind::enrolment: need({Role::site, Role::site_code}), need({Role::school_year}), need({Role::children}); break;
    case FileKind::menus: need({Role::day}), need({Role::dish}); break;
    case FileKind::holidays: need({Role::first_day}), need({Role::last_day}), need({Role::zone}); break;
  }
  if (missing.empty()) return {};
  return fmt::format("Aucune colonne n’est donnée pour\u00a0: {}.", fmt::join(missing, ", "));
}

std::optional<std::size_t> place_of(const Columns& columns, Role role) {
  const auto found = std::find(columns.roles.begin(), columns.roles.end(), role);
  if (found == columns.roles.end()) return std::nullopt;
  return static_cast<std::size_t>(found - columns.roles.begin());
}

}  // namespace beffroi::canteen
