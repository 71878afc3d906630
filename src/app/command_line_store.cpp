// The words of the commands of whoever keeps the machine.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/store_commands.h"
#include "app/words.h"

namespace beffroi::app {

namespace {

using RunCommune = int (*)(const Config&, const CommuneOptions&);

struct Words {
  CLI::App* command;
  std::shared_ptr<CommuneOptions> options;
};

Words add_word(CLI::App& commune, Command& chosen, const char* name, const char* what, RunCommune run) {
  auto options = std::make_shared<CommuneOptions>();
  auto* command = commune.add_subcommand(name, what);
  command->callback([options, run, &chosen] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
  return {command, options};
}

Words on_node(const Words& words) {
  words.command->add_option("id", words.options->id, "Identifiant de la commune ou du syndicat")->required();
  return words;
}

void with_json(const Words& words) { words.command->add_flag("--json", words.options->json, "Résultat en JSON"); }

void with_town_hall(const Words& words) {
  words.command->add_option("--telephone", words.options->telephone, "Téléphone de la mairie");
  words.command->add_option("--address", words.options->address, "Adresse postale de la mairie");
  words.command->add_option("--hours", words.options->hours, "Horaires d’ouverture");
  words.command->add_option("--url", words.options->url, "Adresse du site de la mairie");
}

void add_tree(CLI::App& commune, Command& chosen) {
  const Words add = on_node(add_word(commune, chosen, "add", "Ajoute une commune ou un syndicat", run_commune_add));
  add.command->add_option("--name", add.options->name, "Nom montré sur les pages")->required();
  auto* syndicate = add.command->add_option("--syndicate", add.options->syndicate, "Syndicat dont la commune est membre");
  add.command->add_flag("--is-syndicate", add.options->is_syndicate, "Ajoute un syndicat, et non une commune")->excludes(syndicate);
  add.command->add_option("--host", add.options->hosts, "Nom de machine sous lequel ses pages sont servies (répétable)");
  with_town_hall(add);

  with_json(add_word(commune, chosen, "list", "Montre les syndicats et leurs communes", run_commune_list));
  with_json(on_node(add_word(commune, chosen, "show", "Montre une commune et ses nombres, jamais ses contenus", run_commune_show)));

  const Words rename = on_node(add_word(commune, chosen, "rename", "Change le nom montré sur les pages", run_commune_rename));
  rename.command->add_option("name", rename.options->name, "Le nouveau nom")->required();
  with_town_hall(on_node(add_word(commune, chosen, "describe", "Dit le téléphone, l’adresse, les horaires", run_commune_describe)));

  const Words host = on_node(add_word(commune, chosen, "host", "Donne un nom de machine à une commune", run_commune_host));
  host.command->add_option("name", host.options->hosts, "Nom de machine, comme mairie.exemple.fr")->required();
  host.command->add_flag("--remove", host.options->remove, "Le retire au lieu de le donner");

  on_node(add_word(commune, chosen, "suspend", "Ferme une commune ou un syndicat, sans toucher à ses données", run_commune_suspend));
  on_node(add_word(commune, chosen, "resume", "Rouvre une commune ou un syndicat", run_commune_resume));
}

void add_sharing(CLI::App& commune, Command& chosen) {
  const Words share = add_word(commune, chosen, "share", "Ouvre un corpus aux communes", run_commune_share);
  share.command->add_option("corpus", share.options->corpus, "Le corpus, comme vosdroits")->required();
  share.command->add_option("--from", share.options->from, "Syndicat qui l’ouvre (par défaut l’installation)");
  share.command->add_option("--to", share.options->to, "Une commune seulement (par défaut toutes)");
  share.command->add_flag("--remove", share.options->remove, "Le referme au lieu de l’ouvrir");
  with_json(add_word(commune, chosen, "shares", "Montre les corpus ouverts, et à qui", run_commune_shares));

  const Words grant =
      on_node(add_word(commune, chosen, "grant", "Ouvre les contenus d’une commune à son syndicat, pour un temps", run_commune_grant));
  grant.command->add_option("--text", grant.options->text, "L’autorisation, en toutes lettres\u00a0: quoi et pourquoi")->required();
  grant.command->add_option("--by", grant.options->by, "Qui la donne")->required();
  grant.command->add_option("--until", grant.options->until, "Dernier jour, AAAA-MM-JJ, dans un an au plus")->required();
  with_json(grant);

  const Words revoke = on_node(add_word(commune, chosen, "revoke", "Retire une autorisation", run_commune_revoke));
  revoke.command->add_option("grant", revoke.options->grant, "Numéro de l’autorisation")->required();
  revoke.command->add_option("--by", revoke.options->by, "Qui la retire")->required();
  with_json(on_node(add_word(commune, chosen, "grants", "Montre les autorisations données par une commune", run_commune_grants)));
}

void add_store(CLI::App& app, Command& chosen) {
  auto* store = app.add_subcommand("store", "Où sont les données\u00a0: fichiers ou PostgreSQL");
  store->require_subcommand(1);
  auto options = std::make_shared<StoreMoveOptions>();
  auto* command = store->add_subcommand("move", "Déplace toutes les données et vérifie l’égalité (service arrêté)");
  command->add_option("--to", options->to, "Adresse postgresql://…, ou dossier")->required();
  command->add_option("--password-file", options->password_file, "Fichier qui ne contient que le mot de passe de ce serveur");
  command->add_flag("--json", options->json, "Compte rendu en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_store_move(config, *options); }; });
}

void add_backup(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<BackupCommandOptions>();
  auto* command = app.add_subcommand("backup", "Sauvegarde toutes les données dans un fichier, service en marche");
  auto* out = command->add_option("--out", options->out, "Le fichier à écrire");
  command->add_flag("--with-secret", options->with_secret, "Avec la clé des secrets\u00a0: le fichier ouvre alors tout")->needs(out);
  command->add_flag("--with-corpora", options->with_corpora, "Avec la base officielle (sinon un import la refait)")->needs(out);
  command->add_flag("--list", options->list, "Montre les sauvegardes faites")->excludes(out);
  command->add_flag("--json", options->json, "Compte rendu en JSON");
  command->callback([options, &chosen] {
    if (options->out.empty() && !options->list) throw CLI::RequiredError("--out");
    chosen = [options](const Config& config) { return run_backup(config, *options); };
  });

  auto restore = std::make_shared<RestoreCommandOptions>();
  auto* back = app.add_subcommand("restore", "Remet une sauvegarde en place (service arrêté)");
  back->add_option("--from", restore->from, "Le fichier de sauvegarde")->required();
  back->add_flag("--replace", restore->replace, "Même s’il y a des données\u00a0: elles sont gardées de côté");
  back->add_flag("--json", restore->json, "Compte rendu en JSON");
  back->callback([restore, &chosen] { chosen = [restore](const Config& config) { return run_restore(config, *restore); }; });
}

}  // namespace

void add_store_words(CLI::App& app, Command& chosen) {
  auto* commune = app.add_subcommand("commune", "Les communes et les syndicats de l’installation");
  commune->require_subcommand(1);
  add_tree(*commune, chosen);
  add_sharing(*commune, chosen);
  add_store(app, chosen);
  add_backup(app, chosen);
}

}  // namespace beffroi::app
