// /administration/groupes: roles given once to several people, by hand or by what the identity provider says of them.
#include <fmt/format.h>

#include <algorithm>

#include "people/account.h"
#include "people/group.h"
#include "usecases/administration/roles.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using people::Group;

constexpr std::string_view kPath = "/administration/groupes";

std::string path_of(const Call& call) { return std::string(kPath) + "/" + call.captured("id"); }

Result<Group> find(const Call& call) {
  for (Group& group : BEFFROI_TRY(people::groups(call.tenant()))) {
    if (group.id == call.captured("id")) return std::move(group);
  }
  return fail(Code::not_found, "Ce groupe n’existe pas, ou n’existe plus.");
}

// What is left when this group no longer gives anything to the visitor: nobody locks the door behind oneself.
Status keeps_own_rights(const Call& call, const Group& group) {
  const bool member = std::find(group.accounts.begin(), group.accounts.end(), call.visitor.account) != group.accounts.end();
  if (!member || !lets_manage_people(group.memberships)) return {};
  std::vector<people::Membership> others = BEFFROI_TRY(people::account_of(call.tenant(), call.visitor.account)).memberships;
  for (const Group& other : BEFFROI_TRY(people::groups(call.tenant()))) {
    if (other.id == group.id || std::find(other.accounts.begin(), other.accounts.end(), call.visitor.account) == other.accounts.end())
      continue;
    others.insert(others.end(), other.memberships.begin(), other.memberships.end());
  }
  if (lets_manage_people(others)) return {};
  return fail(Code::denied, "Ce groupe vous donne vos propres droits d’administrateur\u00a0: un autre administrateur doit le changer.");
}

// Those it gives, each kept unless its box is cleared, and one more.
void write_group_roles(Html& html, const Call& call, const Group& group) {
  if (group.memberships.empty()) return write_role_fields(html, call, "Rôle donné à ses membres");
  const std::vector<std::string> kept = call.form.all("garde");
  html.open("fieldset").element("legend", "Rôles donnés à ses membres");
  for (const people::Membership& membership : group.memberships) {
    const std::string code = coded(membership), words = role_words(membership);
    const bool chosen = call.form.empty() || std::find(kept.begin(), kept.end(), code) != kept.end();
    pages::write_choice(html, {.name = "garde", .value = code, .label = words, .chosen = chosen});
  }
  html.close();
  write_role_fields(html, call, "Ajouter un rôle", "Aucun de plus");
}

void write_group_fields(Html& html, const Call& call, const Group& group) {
  const std::string name = call.typed("nom", group.name);
  const std::string claim = call.typed("revendication", group.claim);
  pages::write_field(html, {.id = "nom",
                            .label = "Nom du groupe",
                            .hint = "Par exemple «\u00a0Service de la restauration\u00a0».",
                            .value = name,
                            .fault = call.fault("nom"),
                            .most_characters = "100"});
  pages::write_field(
      html, {.id = "revendication",
             .label = "Groupe du fournisseur d’identité",
             .hint = "Si les agents se connectent par un fournisseur d’identité\u00a0: le groupe qu’il annonce, écrit à l’identique. Ceux "
                     "qui en sont membres entrent ici à leur prochaine connexion.",
             .value = claim,
             .fault = call.fault("revendication"),
             .required = false,
             .most_characters = "200"});
  write_group_roles(html, call, group);
}

// `former`: what it was. It gives one role at least.
Result<Group> group_in(const Call& call, const http::Parameters& form, const Group& former) {
  Group group{former.id, trimmed(form.value("nom")), trimmed(form.value("revendication"))};
  const std::vector<std::string> kept = form.all("garde");
  for (const people::Membership& membership : former.memberships) {
    if (std::find(kept.begin(), kept.end(), coded(membership)) != kept.end()) group.memberships.push_back(membership);
  }
  if (group.memberships.empty() || !form.value("role").empty()) {
    group.memberships.push_back(BEFFROI_TRY(role_in(form, call.tenant().kind())));
  }
  return group;
}

void write_members(Html& html, const Call& call, const Group& group, const std::vector<people::Account>& accounts) {
  html.element("h2", "Membres");
  std::vector<pages::Option> others;
  bool any = false;
  for (const people::Account& account : accounts) {
    if (std::find(group.accounts.begin(), group.accounts.end(), account.id) == group.accounts.end()) {
      others.push_back({account.id, account.name + " (" + account.login + ")"});
      continue;
    }
    if (!any) html.open("ul", {{"class", "admin-list"}});
    any = true;
    html.open("li");
    html.element("a", {{"href", "/administration/personnes/" + account.id}}, account.name);
    pages::open_form(html, path_of(call) + "/membres/retirer", call.visitor.csrf);
    pages::write_hidden(html, "personne", account.id);
    pages::write_quiet_button(html, "Retirer", account.name + " du groupe");
    html.close().close();
  }
  if (any) html.close();
  else html.element("p", "Personne pour l’instant.");
  if (others.empty()) return;
  pages::open_form(html, path_of(call) + "/membres", call.visitor.csrf);
  pages::write_select(html, {.id = "personne", .label = "Ajouter une personne"}, others);
  pages::write_quiet_button(html, "Ajouter au groupe");
  html.close();
}

}  // namespace

Result<http::Reply> show_groups(const Call& call) {
  const auto groups = BEFFROI_TRY(people::groups(call.tenant()));
  return page(call, {"Groupes", kPath}, [&](Html& html) {
    html.element("h1", "Groupes");
    html.element("p", "Un groupe donne les mêmes rôles à plusieurs personnes.");
    if (groups.empty()) html.element("p", "Aucun groupe pour l’instant. Ce n’est pas nécessaire dans une petite mairie.");
    else {
      pages::open_table(html, "liste-groupes", counted(static_cast<std::int64_t>(groups.size()), "groupe", "groupes"));
      pages::write_heads(html, {"Groupe", "Rôles", "Membres", "Fournisseur d’identité"});
      html.open("tbody");
      for (const Group& group : groups) {
        html.open("tr").open("th", {{"scope", "row"}});
        html.element("a", {{"class", "admin-row-link"}, {"href", std::string(kPath) + "/" + group.id}}, group.name).close();
        pages::write_cell(html, roles_words(group.memberships));
        pages::write_number(html, number_words(static_cast<std::int64_t>(group.accounts.size())));
        pages::write_cell(html, group.claim.empty() ? "–" : group.claim);
        html.close();
      }
      html.close().close().close();
    }
    html.element("h2", "Créer un groupe");
    pages::open_form(html, kPath, call.visitor.csrf);
    write_group_fields(html, call, {});
    pages::write_button(html, "Créer le groupe");
    html.close();
  });
}

Result<http::Reply> add_group(const Call& call) {
  const auto group = group_in(call, BEFFROI_TRY(call.request.form()), {});
  if (!group) return again(call, group.error(), show_groups, "role");
  const auto added = people::add_group(call.tenant(), *group);
  if (!added) return again(call, added.error(), show_groups, "nom");
  BEFFROI_CHECK(written_or(call, audit::Action::setting_changed, "group:" + added->id,
                           [&] { (void)people::remove_group(call.tenant(), added->id); }));
  return http::see_other(std::string(kPath) + "/" + added->id + "?fait=groupe");
}

Result<http::Reply> show_group(const Call& call) {
  const Group group = BEFFROI_TRY(find(call));
  const auto accounts = BEFFROI_TRY(people::accounts(call.tenant()));
  return page(call, {group.name, kPath}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    html.open("p").element("a", {{"href", kPath}}, "Tous les groupes").close();
    html.element("h1", group.name);
    html.element("p", "Donne à ses membres\u00a0: " + roles_words(group.memberships) + ".");
    write_members(html, call, group, accounts);
    html.element("h2", "Changer le groupe");
    pages::open_form(html, path_of(call), call.visitor.csrf);
    write_group_fields(html, call, group);
    pages::write_button(html, "Enregistrer le groupe");
    html.close();
    write_link_button(html, path_of(call) + "/supprimer", "Supprimer ce groupe");
    html.close();
  });
}

Result<http::Reply> change_group(const Call& call) {
  const Group former = BEFFROI_TRY(find(call));
  const auto group = group_in(call, BEFFROI_TRY(call.request.form()), former);
  if (!group) return again(call, group.error(), show_group, "role");
  if (!lets_manage_people(group->memberships)) {
    if (const Status kept = keeps_own_rights(call, former); !kept) return again(call, kept.error(), show_group, "role");
  }
  const Status changed =
      in_writing(call, audit::Action::setting_changed, "group:" + former.id, [&] { return people::change_group(call.tenant(), *group); });
  if (!changed) return again(call, changed.error(), show_group, "nom");
  return http::see_other(path_of(call) + "?fait=groupe");
}

Result<http::Reply> add_member(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const Group group = BEFFROI_TRY(find(call));
  const people::Account account = BEFFROI_TRY(people::account_of(call.tenant(), form.value("personne")));
  BEFFROI_CHECK(in_writing(call, audit::Action::role_given, account.id + ":" + group.id,
                           [&] { return people::add_to_group(call.tenant(), group.id, account.id); }));
  return http::see_other(path_of(call) + "?fait=membre");
}

Result<http::Reply> remove_member(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const Group group = BEFFROI_TRY(find(call));
  const people::Account account = BEFFROI_TRY(people::account_of(call.tenant(), form.value("personne")));
  if (account.id == call.visitor.account) {
    if (const Status kept = keeps_own_rights(call, group); !kept) return again(call, kept.error(), show_group);
  }
  BEFFROI_CHECK(in_writing(call, audit::Action::role_removed, account.id + ":" + group.id,
                           [&] { return people::remove_from_group(call.tenant(), group.id, account.id); }));
  return http::see_other(path_of(call) + "?fait=membre");
}

Result<http::Reply> ask_remove_group(const Call& call) {
  const Group group = BEFFROI_TRY(find(call));
  return confirm(call, kPath,
                 {fmt::format("Supprimer le groupe «\u00a0{}\u00a0»\u00a0?", group.name),
                  fmt::format("{} n’{} plus les rôles qu’il donne ({}). Les comptes restent.",
                              group.accounts.size() < 2 ? "Son membre" : "Ses " + std::to_string(group.accounts.size()) + " membres",
                              group.accounts.size() < 2 ? "aura" : "auront", roles_words(group.memberships)),
                  "Oui, supprimer le groupe", path_of(call) + "/supprimer", path_of(call)});
}

Result<http::Reply> remove_group(const Call& call) {
  const Group group = BEFFROI_TRY(find(call));
  if (const Status kept = keeps_own_rights(call, group); !kept) return again(call, kept.error(), show_group);
  BEFFROI_CHECK(
      in_writing(call, audit::Action::setting_changed, "group:" + group.id, [&] { return people::remove_group(call.tenant(), group.id); }));
  return http::see_other(std::string(kPath) + "?fait=groupe-retire");
}

}  // namespace beffroi::administration
