#include "usecases/account/account_pages.h"

#include <fmt/format.h>

#include <algorithm>

#include "pages/dates.h"
#include "people/password_rules.h"

namespace beffroi::account {

namespace {

using pages::Html;

// Telling the page in its title too: it is the first thing a screen reader says.
std::string title_of(std::string_view title, std::span<const pages::Fault> faults) {
  return (faults.empty() ? "" : "Erreur\u00a0: ") + std::string(title);
}

void write_roles(Html& html, std::span<const people::Membership> memberships) {
  if (memberships.empty()) {
    html.element("p", "Vous n’avez pas encore de rôle\u00a0: demandez-le à l’administrateur de la commune.");
    return;
  }
  html.element("p", memberships.size() == 1 ? "Votre rôle\u00a0:" : "Vos rôles\u00a0:");
  html.open("ul");
  for (const people::Membership& membership : memberships) {
    std::string role(people::title_of(membership.role));
    if (!membership.service.empty()) role += " (service " + membership.service + ")";
    html.element("li", role);
  }
  html.close();
}

void write_session(Html& html, const pages::Surroundings& around, const people::Session& session, bool is_this_one) {
  html.open("li", {{"class", "card"}});
  const std::string browser = session.browser.empty() ? "Navigateur inconnu" : session.browser;
  html.open("p").element("strong", browser);
  if (is_this_one) html.text(" — celle-ci");
  html.close();
  html.element("p", {{"class", "quiet"}},
               fmt::format("Ouverte le {}, vue le {}.", pages::french_moment(session.created_ms), pages::french_moment(session.seen_ms)));
  if (!is_this_one) {
    pages::open_form(html, "/mon-compte/sessions/" + session.id + "/fermer", around.csrf);
    pages::write_quiet_button(html, "Fermer",
                              fmt::format("la session {} ouverte le {}", browser, pages::french_moment(session.created_ms)));
    html.close();
  }
  html.close();
}

void write_sessions(Html& html, const pages::Surroundings& around, const AccountPage& page) {
  html.element("h2", "Mes sessions");
  html.element("p",
               "Chaque navigateur où vous êtes connecté. Fermez celles que vous ne reconnaissez pas, puis changez votre mot de passe.");
  html.open("ul", {{"class", "cards"}});
  for (const people::Session& session : page.sessions) write_session(html, around, session, session.id == page.session);
  html.close();
  pages::open_form(html, "/mon-compte/sessions/fermer", around.csrf);
  pages::write_quiet_button(html, "Me déconnecter partout");
  html.close();
}

std::string state_of(const people::Key& key, std::int64_t now_ms) {
  if (key.revoked) return "Révoquée.";
  const std::string end = pages::french_date(people::day_of(key.ends_ms));
  return now_ms >= key.ends_ms ? "Expirée le " + end + "." : "Valable jusqu’au " + end + ".";
}

void write_key(Html& html, const pages::Surroundings& around, const people::Key& key, std::int64_t now_ms) {
  html.open("li", {{"class", "card"}}).open("p").element("strong", key.name).close();
  html.open("ul");
  for (const people::Right right : key.scopes) html.element("li", people::title_of(right));
  html.close();
  const std::string used = key.last_used_day.empty() ? "Jamais utilisée." : "Utilisée le " + pages::french_date(key.last_used_day) + ".";
  html.element("p", {{"class", "quiet"}}, state_of(key, now_ms) + " " + used);
  if (!key.revoked) {
    pages::open_form(html, "/mon-compte/cles/" + key.id + "/revoquer", around.csrf);
    pages::write_quiet_button(html, "Révoquer", "la clé «\u00a0" + key.name + "\u00a0»");
    html.close();
  }
  html.close();
}

void write_new_key(Html& html, const std::string& key) {
  if (key.empty()) return;
  html.open("section", {{"class", "form-done"}, {"role", "status"}, {"aria-labelledby", "nouvelle-cle"}});
  html.element("h2", {{"id", "nouvelle-cle"}}, "Votre nouvelle clé");
  html.element("p", "Copiez-la maintenant\u00a0: elle ne sera plus jamais montrée.");
  html.open("p").element("code", {{"class", "secret"}}, key).close();
  html.close();
}

void write_key_form(Html& html, const pages::Surroundings& around, const AccountPage& page) {
  static const std::vector<pages::Option> kDays{{"30", "30 jours"}, {"90", "90 jours"}, {"180", "180 jours"}, {"365", "un an"}};
  html.element("h3", "Créer une clé");
  pages::open_form(html, "/mon-compte/cles", around.csrf);
  pages::write_field(html, {.id = "nom",
                            .label = "Nom de la clé",
                            .hint = "Le programme qui s’en servira, par exemple «\u00a0Site de la mairie\u00a0».",
                            .value = page.form.name,
                            .fault = pages::fault_of(page.faults, "nom"),
                            .most_characters = "100"});
  html.open("fieldset", {{"id", "droits"}}).element("legend", "Ce qu’elle pourra faire");
  if (const auto fault = pages::fault_of(page.faults, "droits"); !fault.empty()) html.element("p", {{"class", "field-fault"}}, fault);
  for (const people::Right right : page.may_give) {
    const bool chosen = std::find(page.form.chosen.begin(), page.form.chosen.end(), right) != page.form.chosen.end();
    pages::write_choice(html, {"droits", people::name_of(right), people::title_of(right), chosen});
  }
  html.close();
  pages::write_select(
      html, {.id = "jours", .label = "Elle vaudra", .value = page.form.days, .fault = pages::fault_of(page.faults, "jours")}, kDays);
  pages::write_button(html, "Créer la clé");
  html.close();
}

void write_keys(Html& html, const pages::Surroundings& around, const AccountPage& page) {
  html.element("h2", "Mes clés");
  html.element("p", "Une clé laisse un programme agir en votre nom, dans la limite de vos droits. Ne la donnez à personne.");
  if (!page.keys.empty()) {
    html.open("ul", {{"class", "cards"}});
    for (const people::Key& key : page.keys) write_key(html, around, key, page.now_ms);
    html.close();
  }
  write_key_form(html, around, page);
}

}  // namespace

std::string render_sign_in(const pages::Surroundings& around, const SignInPage& page) {
  return pages::framed(around, {.title = title_of("Connexion", page.faults), .current = "/connexion"}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    pages::write_faults(html, page.faults);
    html.element("h1", "Connexion");
    if (page.session_over && page.faults.empty()) {
      html.element("p", {{"class", "form-note"}, {"role", "status"}},
                   "Votre session est terminée. Connectez-vous à nouveau pour continuer.");
    }
    html.element("p", "Pour les agents de la mairie. Poser une question ne demande pas de compte.");
    for (const Provider& provider : page.providers) {
      html.open("p").element("a", {{"class", "button"}, {"href", provider.path + "?suite=" + pages::percent_encoded(page.next)}},
                             provider.label);
      html.close();
    }
    pages::open_form(html, "/connexion", around.csrf);
    pages::write_hidden(html, "suite", page.next);
    pages::write_field(html, {.id = "identifiant",
                              .label = "Identifiant",
                              .hint = "Celui que l’administrateur vous a donné, souvent votre adresse électronique.",
                              .value = page.login,
                              .autocomplete = "username",
                              .fault = pages::fault_of(page.faults, "identifiant"),
                              .most_characters = "254"});
    pages::write_field(html, {.id = "mot-de-passe",
                              .label = "Mot de passe",
                              .type = "password",
                              .autocomplete = "current-password",
                              .fault = pages::fault_of(page.faults, "mot-de-passe")});
    pages::write_button(html, "Se connecter");
    html.close();
    html.element("p", {{"class", "quiet"}}, "Mot de passe oublié\u00a0? L’administrateur de la commune vous en donnera un autre.");
    html.close();
  });
}

std::string render_password(const pages::Surroundings& around, const PasswordPage& page) {
  return pages::framed(around, {.title = title_of("Mot de passe", page.faults), .current = {}}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    pages::write_faults(html, page.faults);
    html.element("h1", page.is_first ? "Choisissez votre mot de passe" : "Changer de mot de passe");
    if (page.is_first) {
      html.element("p", "Celui que l’on vous a donné ne sert qu’une fois. Choisissez le vôtre\u00a0: vous serez seul à le connaître.");
    }
    pages::open_form(html, "/mot-de-passe", around.csrf);
    pages::write_hidden(html, "suite", page.next);
    pages::write_field(html, {.id = "actuel",
                              .label = page.is_first ? "Mot de passe reçu" : "Mot de passe actuel",
                              .type = "password",
                              .autocomplete = "current-password",
                              .fault = pages::fault_of(page.faults, "actuel")});
    pages::write_field(html,
                       {.id = "nouveau",
                        .label = "Nouveau mot de passe",
                        .hint = "Au moins 12 caractères. Quelques mots sans rapport entre eux se retiennent bien et ne se devinent pas.",
                        .type = "password",
                        .autocomplete = "new-password",
                        .fault = pages::fault_of(page.faults, "nouveau")});
    pages::write_field(html, {.id = "confirmation",
                              .label = "Le même, une seconde fois",
                              .type = "password",
                              .autocomplete = "new-password",
                              .fault = pages::fault_of(page.faults, "confirmation")});
    pages::write_button(html, "Enregistrer");
    html.close().close();
  });
}

std::string render_account(const pages::Surroundings& around, const AccountPage& page) {
  return pages::framed(around, {.title = title_of("Mon compte", page.faults), .current = "/mon-compte"}, [&](Html& html) {
    html.open("div", {{"class", "prose"}});
    pages::write_faults(html, page.faults);
    write_new_key(html, page.new_key);
    html.element("h1", "Mon compte");
    html.element("p", page.name + ", identifiant\u00a0: " + page.login + ".");
    write_roles(html, page.memberships);
    if (page.has_password) html.open("p").element("a", {{"class", "button"}, {"href", "/mot-de-passe"}}, "Changer de mot de passe").close();
    write_sessions(html, around, page);
    write_keys(html, around, page);
    html.close();
  });
}

}  // namespace beffroi::account
