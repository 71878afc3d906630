// /administration/personnes/{id}: one account: name, roles, groups, sessions, password, suspension.
#include <fmt/format.h>

#include <algorithm>

#include "people/account.h"
#include "people/group.h"
#include "people/password_rules.h"
#include "people/session.h"
#include "usecases/administration/roles.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

using people::Account;
using people::Membership;

constexpr std::string_view kPath = "/administration/personnes";

std::string path_of(const Call& call) { return std::string(kPath) + "/" + call.captured("id"); }
bool is_self(const Call& call) { return call.captured("id") == call.visitor.account; }

Error not_oneself(std::string_view what) {
  return {Code::denied, fmt::format("Vous ne pouvez pas {} ici\u00a0: un autre administrateur doit le faire.", what), {}};
}

void write_roles(Html& html, const Call& call, const Account& account) {
  html.element("h2", "Rôles");
  if (account.memberships.empty()) html.element("p", "Aucun rôle donné directement.");
  else html.open("ul", {{"class", "admin-list"}});
  for (const Membership& membership : account.memberships) {
    html.open("li").element("span", role_words(membership));
    pages::open_form(html, path_of(call) + "/roles/retirer", call.visitor.csrf);
    pages::write_hidden(html, "retire", coded(membership));
    pages::write_quiet_button(html, "Retirer", "le rôle " + role_words(membership));
    html.close().close();
  }
  if (!account.memberships.empty()) html.close();
  pages::open_form(html, path_of(call) + "/roles", call.visitor.csrf);
  write_role_fields(html, call, "Ajouter un rôle");
  pages::write_quiet_button(html, "Ajouter ce rôle");
  html.close();
}

void write_groups(Html& html, const std::vector<people::Group>& groups, std::string_view account) {
  html.element("h2", "Groupes");
  bool any = false;
  for (const people::Group& group : groups) {
    if (std::find(group.accounts.begin(), group.accounts.end(), account) == group.accounts.end()) continue;
    if (!any) html.open("ul");
    any = true;
    html.open("li").element("a", {{"href", "/administration/groupes/" + group.id}}, group.name);
    html.text("\u00a0: " + roles_words(group.memberships)).close();
  }
  if (any) html.close();
  else html.element("p", "Dans aucun groupe.");
  html.open("p").element("a", {{"href", "/administration/groupes"}}, "Gérer les groupes").close();
}

void write_sessions(Html& html, const Call& call, const std::vector<people::Session>& sessions) {
  html.element("h2", "Connexions");
  if (sessions.empty()) {
    html.element("p", "Connecté nulle part en ce moment.");
    return;
  }
  html.open("ul");
  for (const people::Session& session : sessions) {
    html.element("li", fmt::format("{}, vue le {}", session.browser.empty() ? "Navigateur inconnu" : session.browser,
                                   pages::french_moment(session.seen_ms)));
  }
  html.close();
  write_act(html, call, path_of(call) + "/sessions/fermer", is_self(call) ? "Me déconnecter partout" : "Fermer toutes ses sessions");
}

void write_access(Html& html, const Call& call, const Account& account) {
  html.element("h2", "Accès");
  html.open("div", {{"class", "buttons"}});
  if (!is_self(call)) write_link_button(html, path_of(call) + "/mot-de-passe", "Donner un nouveau mot de passe");
  else write_link_button(html, "/mot-de-passe", "Changer mon mot de passe");
  if (account.disabled) write_act(html, call, path_of(call) + "/rouvrir", "Rouvrir le compte");
  else if (!is_self(call)) write_link_button(html, path_of(call) + "/suspendre", "Suspendre le compte");
  html.close();
}

std::string facts(const Account& account) {
  std::string words = fmt::format("Identifiant\u00a0: {}. Compte créé le {}.", account.login, pages::french_moment(account.created_ms));
  if (account.disabled) words += " Compte suspendu.";
  else if (account.must_change) words += " N’a pas encore choisi son mot de passe.";
  if (!account.has_password) words += " Se connecte par le fournisseur d’identité.";
  return words;
}

// Nobody locks the door behind oneself.
Status keeps_own_rights(const Call& call, const std::vector<Membership>& next) {
  if (!is_self(call)) return {};
  if (lets_manage_people(next)) return {};
  return fail(Code::denied,
              "Vous ne pouvez pas vous retirer votre propre rôle d’administrateur\u00a0: un autre administrateur doit le faire.");
}

Status change_roles(const Call& call, const std::vector<Membership>& next) {
  BEFFROI_CHECK(keeps_own_rights(call, next));
  return people::set_memberships(call.tenant(), call.captured("id"), next, line_within(call, audit::Action::account_changed));
}

}  // namespace

Result<http::Reply> show_person(const Call& call) {
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  const auto groups = BEFFROI_TRY(people::groups(call.tenant()));
  const auto sessions = BEFFROI_TRY(people::sessions_of(call.tenant(), account.id, call.now_ms(), call.services.sign_in->rules()));
  return page(call, {account.name, kPath}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    write_secret(html, call, "Nouveau mot de passe provisoire",
                 "Notez-le maintenant\u00a0: il ne sera plus jamais montré. Remettez-le en main propre.");
    html.open("p").element("a", {{"href", kPath}}, "Toutes les personnes").close();
    html.element("h1", account.name).element("p", facts(account));
    write_access(html, call, account);
    write_roles(html, call, account);
    write_groups(html, groups, account.id);
    write_sessions(html, call, sessions);
    html.element("h2", "Nom");
    pages::open_form(html, path_of(call) + "/nom", call.visitor.csrf);
    const std::string name = call.typed("nom", account.name);
    pages::write_field(html, {.id = "nom", .label = "Prénom et nom", .value = name, .fault = call.fault("nom"), .most_characters = "100"});
    pages::write_quiet_button(html, "Enregistrer le nom");
    html.close().close();
  });
}

Result<http::Reply> rename_person(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  const Status renamed =
      people::rename_account(call.tenant(), account.id, trimmed(form.value("nom")), line_within(call, audit::Action::account_changed));
  if (!renamed) return again(call, renamed.error(), show_person, "nom");
  return http::see_other(path_of(call) + "?fait=nom");
}

Result<http::Reply> give_role(const Call& call) {
  const auto role = role_in(BEFFROI_TRY(call.request.form()), call.tenant().kind());
  if (!role) return again(call, role.error(), show_person, "role");
  std::vector<Membership> next = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id"))).memberships;
  next.push_back(*role);
  const Status changed = change_roles(call, next);
  if (!changed) return again(call, changed.error(), show_person, "role");
  return http::see_other(path_of(call) + "?fait=role");
}

Result<http::Reply> take_role(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  const std::string taken(form.value("retire"));
  std::vector<Membership> next = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id"))).memberships;
  std::erase_if(next, [&](const Membership& membership) { return coded(membership) == taken; });
  return after_form(call, change_roles(call, next), path_of(call) + "?fait=role", show_person);
}

Result<http::Reply> ask_suspend(const Call& call) {
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  return confirm(
      call, kPath,
      {fmt::format("Suspendre le compte de {}\u00a0?", account.name),
       "La personne sera déconnectée partout à l’instant, et ses clés n’ouvriront plus rien. Rien n’est effacé\u00a0: vous pourrez rouvrir "
       "le compte.",
       "Oui, suspendre", path_of(call) + "/suspendre", path_of(call)});
}

Result<http::Reply> suspend(const Call& call) {
  if (is_self(call)) return again(call, not_oneself("vous suspendre"), show_person);
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  BEFFROI_CHECK(people::set_disabled(call.tenant(), account.id, true, line_within(call, audit::Action::account_disabled)));
  return http::see_other(path_of(call) + "?fait=suspendu");
}

Result<http::Reply> reopen(const Call& call) {
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  BEFFROI_CHECK(people::set_disabled(call.tenant(), account.id, false, line_within(call, audit::Action::account_changed)));
  return http::see_other(path_of(call) + "?fait=rouvert");
}

Result<http::Reply> end_sessions(const Call& call) {
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  BEFFROI_CHECK(
      in_writing(call, audit::Action::signed_out, account.id, [&] { return people::revoke_sessions(call.tenant(), account.id); }));
  return http::see_other(path_of(call) + "?fait=sessions");
}

Result<http::Reply> ask_password(const Call& call) {
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  return confirm(
      call, kPath,
      {fmt::format("Donner un nouveau mot de passe à {}\u00a0?", account.name),
       "L’ancien ne vaudra plus rien et la personne sera déconnectée partout. Le nouveau sera montré une seule fois\u00a0; elle en choisira "
       "un autre à sa prochaine connexion.",
       "Oui, donner un nouveau mot de passe", path_of(call) + "/mot-de-passe", path_of(call)});
}

Result<http::Reply> new_password(const Call& call) {
  if (is_self(call)) return again(call, not_oneself("remplacer votre mot de passe"), show_person);
  const std::string password = people::generated_password();
  const std::string kept = BEFFROI_TRY(call.services.sign_in->kept_form(password));
  const Account account = BEFFROI_TRY(people::account_of(call.tenant(), call.captured("id")));
  BEFFROI_CHECK(people::set_password(call.tenant(), account.id, {kept, true, {}}, line_within(call, audit::Action::password_changed)));
  Call shown = call;
  shown.secret = password;
  return show_person(shown);
}

}  // namespace beffroi::administration
