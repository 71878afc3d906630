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

}  // namespace

void add_compliance_words(CLI::App& app, Command& chosen) { add_audit(app, chosen); }

}  // namespace beffroi::app
