// The words of the commands of the traces and of the rights of persons.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/compliance_commands.h"
#include "app/words.h"

namespace beffroi::app {

namespace {

// A command on one commune, with the options of its family.
template <class Options>
std::pair<CLI::App*, std::shared_ptr<Options>> add_word(CLI::App& family, Command& chosen, const char* name, const char* what,
                                                        int (*run)(const Config&, const Options&)) {
  auto options = std::make_shared<Options>();
  auto* command = family.add_subcommand(name, what);
  command->add_option("--commune", options->commune, "Identifiant de la commune ou du syndicat")->required();
  command->callback([options, run, &chosen] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
  return {command, options};
}

void add_period(CLI::App& command, AuditOptions& options) {
  command.add_option("--from", options.from, "Premier jour, AAAA-MM-JJ (UTC)");
  command.add_option("--to", options.to, "Dernier jour, AAAA-MM-JJ (UTC)");
}

void add_audit(CLI::App& app, Command& chosen) {
  auto* audit = app.add_subcommand("audit", "Le journal d’une commune\u00a0: qui a fait quoi, jamais les contenus");
  audit->require_subcommand(1);
  const auto [verify, checked] = add_word<AuditOptions>(
      *audit, chosen, "verify", "Vérifie qu’aucune ligne n’a été changée, ôtée, ajoutée ou déplacée", run_audit_verify);
  verify->add_option("--noted", checked->noted, "Empreinte notée à une vérification passée, NOMBRE:EMPREINTE");
  verify->add_flag("--json", checked->json, "Résultat en JSON");

  const auto [list, listed] = add_word<AuditOptions>(*audit, chosen, "list", "Montre les dernières lignes", run_audit_list);
  list->add_option("--limit", listed->limit, "Combien de lignes (1 à 10000)")->check(CLI::Range(1, 10'000));
  add_period(*list, *listed);

  const auto [out, exported] = add_word<AuditOptions>(*audit, chosen, "export", "Écrit les lignes d’une période", run_audit_export);
  out->add_option("--format", exported->format, "csv ou json")->check(CLI::IsMember({"csv", "json"}));
  out->add_option("--out", exported->out, "Fichier à créer (par défaut la sortie standard)");
  add_period(*out, *exported);
}

using Options = ComplianceOptions;

void add_out(CLI::App& command, Options& options) {
  command.add_option("--out", options.out, "Fichier à créer (par défaut la sortie standard)");
}

void add_charter(CLI::App& app, Command& chosen) {
  auto* charter = app.add_subcommand("charter", "La charte d’usage d’une commune, et qui l’a acceptée");
  charter->require_subcommand(1);
  add_word<Options>(*charter, chosen, "show", "Montre le texte en vigueur", run_charter_show);
  const auto [publish, published] =
      add_word<Options>(*charter, chosen, "publish", "Publie une version\u00a0: chacun devra l’accepter", run_charter_publish);
  publish->add_option("--file", published->file, "Le texte, en UTF-8")->required()->check(CLI::ExistingFile);
  publish->add_option("--from", published->day, "En vigueur à partir du AAAA-MM-JJ (UTC\u00a0; par défaut tout de suite)");
  const auto [list, listed] =
      add_word<Options>(*charter, chosen, "acceptances", "Écrit le registre des acceptations", run_charter_acceptances);
  listed->format = "csv";
  list->add_option("--format", listed->format, "csv ou json")->check(CLI::IsMember({"csv", "json"}));
  add_out(*list, *listed);
}

void add_compliance(CLI::App& app, Command& chosen) {
  auto* compliance = app.add_subcommand("compliance", "Registre des traitements, durées de conservation, purge");
  compliance->require_subcommand(1);
  const auto [list, listed] =
      add_word<Options>(*compliance, chosen, "register", "Écrit le registre des activités de traitement", run_compliance_register);
  listed->format = "md";
  list->add_option("--format", listed->format, "md, csv ou json")->check(CLI::IsMember({"md", "csv", "json"}));
  add_out(*list, *listed);
  const auto [days, decided] =
      add_word<Options>(*compliance, chosen, "retention", "Montre les durées de conservation, ou en change une", run_compliance_retention);
  days->add_option("--kind", decided->kind, "Sorte de données, comme opinions");
  days->add_option("--days", decided->days, "Nombre de jours")->needs("--kind");
  days->add_flag("--json", decided->json, "Résultat en JSON");
  const auto [purge, purged] =
      add_word<Options>(*compliance, chosen, "purge", "Efface maintenant ce qui dépasse sa durée, avec sa preuve", run_compliance_purge);
  purge->add_flag("--now", purged->confirmed, "La date de la machine a été vérifiée");
  purge->add_flag("--json", purged->json, "Résultat en JSON");
}

void add_person(CLI::App& app, Command& chosen) {
  auto* person = app.add_subcommand("person", "Les demandes d’une personne\u00a0: accès et effacement");
  person->require_subcommand(1);
  const auto [access, asked] =
      add_word<Options>(*person, chosen, "export", "Écrit tout ce qui est gardé d’une personne", run_person_export);
  access->add_option("--person", asked->person, "Identifiant de connexion")->required();
  add_out(*access, *asked);
  const auto [erase, erased] = add_word<Options>(*person, chosen, "erase", "Efface une personne, avec sa preuve", run_person_erase);
  erase->add_option("--person", erased->person, "Identifiant de connexion")->required();
  erase->add_flag("--yes", erased->confirmed, "Sans retour possible\u00a0: rien n’est effacé sans ce mot");
  erase
      ->add_option("--same-name", erased->same_name,
                   "Ce qui porte le même nom sans dire de quel compte, et peut être d’un homonyme\u00a0: keep le garde, erase l’efface")
      ->check(CLI::IsMember({"keep", "erase"}));
  erase->add_flag("--json", erased->json, "Résultat en JSON");
}

}  // namespace

void add_compliance_words(CLI::App& app, Command& chosen) {
  add_audit(app, chosen);
  add_charter(app, chosen);
  add_compliance(app, chosen);
  add_person(app, chosen);
}

}  // namespace beffroi::app
