// The words of the commands about people.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/people_commands.h"
#include "app/words.h"

namespace beffroi::app {

namespace {

constexpr const char* kRole = "Rôle, ou rôle:service pour un seul service (répétable)";

template <class Options>
struct Word {
  CLI::App* command;
  std::shared_ptr<Options> options;
};

template <class Options>
Word<Options> add_word(CLI::App& parent, Command& chosen, const char* name, const char* what, int (*run)(const Config&, const Options&)) {
  auto options = std::make_shared<Options>();
  auto* command = parent.add_subcommand(name, what);
  command->add_option("--commune", options->commune, "Identifiant de la commune (par défaut celle de beffroi.toml)");
  command->callback([options, run, &chosen] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
  return {command, options};
}

using UserWord = Word<UserOptions>;

UserWord on_login(const UserWord& word) {
  word.command->add_option("login", word.options->login, "Identifiant de connexion")->required();
  return word;
}

UserWord with_json(const UserWord& word) {
  word.command->add_flag("--json", word.options->json, "Résultat en JSON");
  return word;
}

UserWord with_password(const UserWord& word) {
  word.command->add_flag("--stdin", word.options->password_read, "Lit le mot de passe sur l’entrée standard au lieu d’en fabriquer un");
  return word;
}

void add_accounts(CLI::App& user, Command& chosen) {
  const UserWord add = with_json(with_password(on_login(add_word(user, chosen, "add", "Ouvre un compte", run_user_add))));
  add.command->add_option("--name", add.options->name, "Prénom et nom")->required();
  add.command->add_option("--role", add.options->roles, kRole);
  with_json(add_word(user, chosen, "list", "Montre les comptes et leurs rôles", run_user_list));
  const UserWord role = on_login(add_word(user, chosen, "role", "Donne ces rôles, à la place des précédents", run_user_role));
  role.command->add_option("--role", role.options->roles, kRole);
  on_login(add_word(user, chosen, "disable", "Ferme un compte\u00a0: sessions et clés cessent aussitôt", run_user_disable));
  on_login(add_word(user, chosen, "enable", "Rouvre un compte", run_user_enable));
  with_json(with_password(on_login(
      add_word(user, chosen, "password", "Donne un nouveau mot de passe, à changer à la prochaine connexion", run_user_password))));
  const UserWord sessions = with_json(on_login(add_word(user, chosen, "sessions", "Montre les sessions ouvertes", run_user_sessions)));
  sessions.command->add_flag("--close", sessions.options->close, "Les ferme toutes");
  const UserWord link = on_login(add_word(user, chosen, "link", "Relie un compte à une personne du fournisseur d’identité", run_user_link));
  link.command->add_option("--issuer", link.options->issuer, "Adresse du fournisseur (issuer)")->required();
  link.command->add_option("--subject", link.options->subject, "Identifiant de la personne chez lui (sub)")->required();
  on_login(add_word(user, chosen, "erase", "Efface un compte et tout ce qui lui appartient", run_user_erase));
}

void add_keys(CLI::App& user, Command& chosen) {
  const UserWord key = with_json(on_login(add_word(user, chosen, "key", "Fabrique une clé d’API, montrée une fois", run_user_key)));
  key.command->add_option("--name", key.options->name, "Ce qui s’en servira, comme «\u00a0Site de la mairie\u00a0»")->required();
  key.command->add_option("--right", key.options->rights, "Droit de la clé, comme ask ou use_api (répétable)")->required();
  key.command->add_option("--days", key.options->days, "Jours de validité, de 1 à 366 (par défaut 90)")->check(CLI::Range(1, 366));
  with_json(on_login(add_word(user, chosen, "keys", "Montre les clés d’une personne", run_user_keys)));
  const UserWord revoke = on_login(add_word(user, chosen, "revoke-key", "Révoque une clé", run_user_revoke_key));
  revoke.command->add_option("key", revoke.options->key, "Identifiant de la clé (user keys)")->required();
}

using GroupWord = Word<GroupOptions>;

GroupWord on_name(const GroupWord& word) {
  word.command->add_option("name", word.options->name, "Nom du groupe")->required();
  return word;
}

void on_member(const GroupWord& word) { word.command->add_option("login", word.options->login, "Identifiant de connexion")->required(); }

void add_groups(CLI::App& group, Command& chosen) {
  const GroupWord add = on_name(add_word(group, chosen, "add", "Ajoute un groupe", run_group_add));
  add.command->add_option("--role", add.options->roles, kRole);
  add.command->add_option("--claim", add.options->claim, "Groupe du fournisseur d’identité qui le remplit");
  const GroupWord list = add_word(group, chosen, "list", "Montre les groupes", run_group_list);
  list.command->add_flag("--json", list.options->json, "Résultat en JSON");
  on_name(add_word(group, chosen, "remove", "Retire un groupe", run_group_remove));
  on_member(on_name(add_word(group, chosen, "join", "Met une personne dans un groupe", run_group_join)));
  on_member(on_name(add_word(group, chosen, "leave", "Retire une personne d’un groupe", run_group_leave)));
}

}  // namespace

void add_people_words(CLI::App& app, Command& chosen) {
  auto* user = app.add_subcommand("user", "Les personnes d’une commune, leurs mots de passe, sessions et clés");
  user->require_subcommand(1);
  add_accounts(*user, chosen);
  add_keys(*user, chosen);
  auto* group = app.add_subcommand("group", "Les groupes d’une commune");
  group->require_subcommand(1);
  add_groups(*group, chosen);
}

}  // namespace beffroi::app
