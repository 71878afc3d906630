// /administration/personnes: who has an account; giving somebody one.
#include <fmt/format.h>

#include "people/account.h"
#include "people/group.h"
#include "people/password_rules.h"
#include "text/analysis.h"
#include "usecases/administration/roles.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::size_t kMostShown = 200;

std::string state_of(const people::Account& account) {
  if (account.disabled) return "Suspendu";
  return account.must_change ? "Première connexion attendue" : "Actif";
}

void write_search(Html& html, const std::string& words) {
  html.open("form", {{"class", "form admin-search"}, {"method", "get"}, {"action", "/administration/personnes"}, {"role", "search"}});
  pages::write_field(html, {.id = "q", .label = "Chercher une personne", .hint = "Un nom ou un identifiant.", .value = words});
  pages::write_quiet_button(html, "Chercher");
  html.close();
  html.open("p", {{"class", "links"}});
  if (!words.empty()) html.element("a", {{"href", "/administration/personnes"}}, "Voir tout le monde");
  html.element("a", {{"href", "#ajouter"}}, "Donner un compte à quelqu’un");
  html.close();
}

void write_list(Html& html, const std::vector<people::Account>& found, const std::vector<people::Group>& groups, const std::string& words) {
  if (found.empty()) {
    html.element("p", words.empty() ? "Personne n’a encore de compte." : "Aucun compte ne porte ce nom ou cet identifiant.");
    return;
  }
  pages::open_table(html, "liste-personnes", counted(static_cast<std::int64_t>(found.size()), "compte", "comptes"));
  pages::write_heads(html, {"Personne", "Rôles", "État"});
  html.open("tbody");
  for (std::size_t at = 0; at < std::min(found.size(), kMostShown); ++at) {
    const people::Account& account = found[at];
    html.open("tr").open("th", {{"scope", "row"}});
    html.element("a", {{"class", "admin-row-link"}, {"href", "/administration/personnes/" + account.id}}, account.name);
    html.element("span", {{"class", "quiet admin-under"}}, account.login).close();
    std::vector<people::Membership> all = account.memberships;
    for (const people::Group& group : groups) {
      if (std::find(group.accounts.begin(), group.accounts.end(), account.id) == group.accounts.end()) continue;
      all.insert(all.end(), group.memberships.begin(), group.memberships.end());
    }
    pages::write_cell(html, roles_words(all));
    pages::write_cell(html, state_of(account));
    html.close();
  }
  html.close().close().close();
  if (found.size() > kMostShown) {
    html.element("p", fmt::format("Seuls les {} premiers sont montrés\u00a0: précisez la recherche.", kMostShown));
  }
}

void write_form(Html& html, const Call& call) {
  html.element("h2", {{"id", "ajouter"}}, "Donner un compte à quelqu’un");
  html.element("p",
               "Un mot de passe provisoire sera montré une seule fois. Remettez-le en main propre\u00a0: la personne le changera à sa "
               "première connexion.");
  pages::open_form(html, "/administration/personnes", call.visitor.csrf);
  const std::string name = call.typed("nom");
  const std::string login = call.typed("identifiant");
  pages::write_field(html, {.id = "nom", .label = "Prénom et nom", .value = name, .fault = call.fault("nom"), .most_characters = "100"});
  pages::write_field(html, {.id = "identifiant",
                            .label = "Identifiant",
                            .hint = "Le plus simple\u00a0: l’adresse électronique professionnelle.",
                            .value = login,
                            .fault = call.fault("identifiant"),
                            .most_characters = "254"});
  write_role_fields(html, call, "Rôle");
  pages::write_button(html, "Créer le compte");
  html.close();
}

bool matches(const people::Account& account, const std::string& folded) {
  return folded.empty() || text::fold(account.name).find(folded) != std::string::npos ||
         text::fold(account.login).find(folded) != std::string::npos;
}

}  // namespace

Result<http::Reply> show_people(const Call& call) {
  const std::string words = trimmed(call.request.query.value("q"));
  const std::string folded = text::fold(words);
  std::vector<people::Account> found;
  for (people::Account& account : BEFFROI_TRY(people::accounts(call.tenant()))) {
    if (matches(account, folded)) found.push_back(std::move(account));
  }
  const auto groups = BEFFROI_TRY(people::groups(call.tenant()));
  return page(call, {"Personnes", "/administration/personnes"}, [&](Html& html) {
    write_secret(
        html, call, "Compte créé\u00a0: " + call.secret_of,
        "Voici son mot de passe provisoire. Notez-le maintenant\u00a0: il ne sera plus jamais montré. La personne en choisira un autre à sa "
        "première connexion.");
    html.element("h1", "Personnes");
    write_search(html, words);
    write_list(html, found, groups, words);
    write_form(html, call);
  });
}

Result<http::Reply> add_person(const Call& call) {
  const http::Parameters form = BEFFROI_TRY(call.request.form());
  people::NewAccount account;
  account.name = trimmed(form.value("nom"));
  if (account.name.empty()) return again(call, {Code::invalid_argument, "Écrivez le prénom et le nom.", {}}, show_people, "nom");
  const auto login = people::login_of(form.value("identifiant"));
  if (!login) return again(call, login.error(), show_people, "identifiant");
  account.login = *login;
  const auto role = role_in(form, call.tenant().kind());
  if (!role) return again(call, role.error(), show_people, "role");
  account.memberships = {*role};
  const std::string password = people::generated_password();
  account.kept_password = BEFFROI_TRY(call.services.sign_in->kept_form(password));
  const auto added = people::add_account(call.tenant(), account, call.now_ms(), line_within(call, audit::Action::account_added));
  if (!added) return again(call, added.error(), show_people, added.error().code == Code::conflict ? "identifiant" : "");
  Call shown = call;
  shown.secret = password;
  shown.secret_of = fmt::format("{} ({})", added->name, added->login);
  return show_people(shown);
}

}  // namespace beffroi::administration
