// The words of `beffroi quota`.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/quota_commands.h"
#include "app/words.h"

namespace beffroi::app {

namespace {

std::shared_ptr<QuotaOptions> add_word(CLI::App& family, Command& chosen, const char* name, const char* what,
                                       int (*run)(const Config&, const QuotaOptions&)) {
  auto options = std::make_shared<QuotaOptions>();
  auto* command = family.add_subcommand(name, what);
  command->add_option("--commune", options->commune, "Identifiant de la commune (par défaut celle de beffroi.toml)");
  command->add_option("--key", options->key, "Identifiant d’une clé (par défaut\u00a0: toute la commune)");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, run, &chosen] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
  return options;
}

}  // namespace

void add_quota_words(CLI::App& app, Command& chosen) {
  auto* quota = app.add_subcommand("quota", "Ce que l’API d’une commune peut servir\u00a0: demandes par minute, jetons par jour");
  quota->require_subcommand(1);
  add_word(*quota, chosen, "show", "Montre les limites et ce qui est utilisé", run_quota_show);
  const auto set = add_word(*quota, chosen, "set", "Change les limites de la commune, ou d’une clé", run_quota_set);
  auto* command = quota->get_subcommand("set");
  command->add_option("--requests", set->requests, "Demandes par minute\u00a0; 0 ferme l’API");
  command->add_option("--tokens", set->tokens, "Jetons par jour\u00a0; 0 ferme les modèles");
  command->add_flag("--usual", set->usual, "Celles des clés qui n’ont pas les leurs");
  command->add_flag("--forget", set->forget, "La clé revient aux limites habituelles");
}

}  // namespace beffroi::app
