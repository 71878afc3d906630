// The words of `beffroi canteen`.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/canteen_commands.h"
#include "app/commands.h"
#include "app/words.h"

namespace beffroi::app {

namespace {

constexpr const char* kCommune = "Commune (par défaut celle de beffroi.toml)";
constexpr const char* kData = "Dossier des fichiers d’une ville (docs/canteen.md les décrit)";

template <class Options>
void choose(CLI::App* command, const std::shared_ptr<Options>& options, Command& chosen, int (*run)(const Config&, const Options&)) {
  command->callback([options, &chosen, run] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
}

void add_check(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenCheckOptions>();
  auto* command = canteen.add_subcommand("check", "Cherche ce qui paraît faux dans les fichiers d’une ville, sans rien changer");
  command->add_option("--data", options->data, kData)->required();
  choose(command, options, chosen, run_canteen_check);
}

void add_import(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenImportOptions>();
  auto* command = canteen.add_subcommand("import", "Importe un CSV\u00a0: repas, enfants inscrits, menus ou vacances\u00a0; tout, ou rien");
  command->add_option("file", options->file, "Fichier CSV")->required();
  command->add_option("--commune", options->commune, kCommune);
  command->add_flag("--check", options->check, "Dit ce qui serait importé et ce qui est demandé, sans rien importer");
  command->add_option("--days", options->days, "Forme des dates\u00a0: day_first (jour/mois/année), month_first, iso")
      ->check(CLI::IsMember({"day_first", "month_first", "iso"}));
  command->add_option("--same-day", options->same_day, "Plusieurs lignes pour une cantine et un jour\u00a0: add (additionner), first, last")
      ->check(CLI::IsMember({"add", "first", "last"}));
  command->add_option("--differs", options->differs, "Le fichier contredit ce qui est enregistré\u00a0: keep (garder), replace (remplacer)")
      ->check(CLI::IsMember({"keep", "replace"}));
  command->add_option("--name", options->names, "NOM=CODE, NOM=nouvelle ou NOM=laisser, pour un nom de cantine du fichier (répétable)");
  command->add_flag("--leave-faulty", options->leave_faulty, "Laisse les lignes qui ne se lisent pas");
  command->add_flag("--our-town", options->our_town, "C’est bien notre commune, même si peu de noms sont connus");
  choose(command, options, chosen, run_canteen_import);
}

void add_calendar(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenCalendarOptions>();
  auto* command = canteen.add_subcommand("calendar", "Montre le calendrier des cantines, et le modifie");
  command->add_option("--commune", options->commune, kCommune);
  command->add_option("--from", options->from, "Premier jour montré, AAAA-MM-JJ (par défaut aujourd’hui)");
  command->add_option("--to", options->to, "Dernier jour montré (par défaut deux semaines plus tard)");
  command->add_option("--zone", options->zone, "Choisit la zone de vacances\u00a0: A, B, C…");
  auto* reason = command->add_option("--reason", options->reason, "Pourquoi ces jours sont ouverts ou fermés");
  command->add_option("--open", options->open, "Ouvre ce jour (répétable)")->needs(reason);
  command->add_option("--close", options->close, "Ferme ce jour (répétable)")->needs(reason);
  choose(command, options, chosen, run_canteen_calendar);
}

// On a folder of files, or on a commune's own database.
void add_forecast(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenForecastOptions>();
  auto own = std::make_shared<CanteenPlanOptions>();
  auto* command = canteen.add_subcommand("forecast", "Prévoit les semaines à venir\u00a0: repas attendus, commande, raisons");
  auto* data = command->add_option("--data", options->data, kData);
  auto* known =
      command->add_option("--last-known", options->last_known, "Avec --data\u00a0: dernier jour aux effectifs connus, AAAA-MM-JJ");
  data->needs(known);
  known->needs(data);
  command->add_option("--commune", own->commune, kCommune)->excludes(data);
  command->add_option("--days", options->days, "Jours de calendrier prévus, de 1 à 70 (par défaut 21)")->check(CLI::Range(1, 70));
  command->add_option("--service", options->service, "Avec --data\u00a0: part des jours à couvrir, de 0.5 à 0.95 (par défaut 0.8)")
      ->check(CLI::Range(0.5, 0.95));
  command->add_option("--site", options->site, "Avec --data\u00a0: une cantine seulement, avec les raisons de chaque jour");
  command->add_option("--out", options->out, "Avec --data\u00a0: écrit la table dans ce fichier CSV");
  command->add_flag("--linear", options->linear, "Le modèle linéaire seul");
  command->callback([options, own, &chosen] {
    own->days = options->days;
    own->linear = options->linear;
    if (options->data.empty()) chosen = [own](const Config& config) { return run_canteen_plan(config, *own); };
    else chosen = [options](const Config& config) { return run_canteen_forecast(config, *options); };
  });
}

void add_override(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenOverrideOptions>();
  auto* command = canteen.add_subcommand("override", "Décide une commande, avec sa raison\u00a0: elle l’emporte sur la proposition");
  command->add_option("--commune", options->commune, kCommune);
  command->add_option("--site", options->site, "Code de la cantine")->required();
  command->add_option("--day", options->day, "Jour, AAAA-MM-JJ")->required();
  command->add_option("--meals", options->meals, "Repas commandés")->required()->check(CLI::Range(0, 5000));
  command->add_option("--reason", options->reason, "Pourquoi")->required();
  choose(command, options, chosen, run_canteen_override);
}

void add_served(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenServedOptions>();
  auto* command = canteen.add_subcommand("served", "Enregistre les repas servis un jour");
  command->add_option("--commune", options->commune, kCommune);
  command->add_option("--day", options->day, "Jour, AAAA-MM-JJ")->required();
  command->add_option("meals", options->meals, "CODE=REPAS, pour chaque cantine")->required();
  choose(command, options, chosen, run_canteen_served);
}

void add_review(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenReviewOptions>();
  auto* command = canteen.add_subcommand("review", "Compare prévisions, propositions et commandes des agents aux repas servis");
  command->add_option("--commune", options->commune, kCommune);
  command->add_option("--from", options->from, "Premier jour, AAAA-MM-JJ (par défaut trois mois avant)");
  command->add_option("--to", options->to, "Dernier jour (par défaut aujourd’hui)");
  command->add_flag("--json", options->json, "Compte rendu en JSON");
  choose(command, options, chosen, run_canteen_review);
}

void add_export(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenExportOptions>();
  auto* command = canteen.add_subcommand("export", "Écrit les commandes ou le bilan pour un tableur");
  command->add_option("--commune", options->commune, kCommune);
  command->add_option("--what", options->what, "commandes (par défaut) ou bilan")->check(CLI::IsMember({"commandes", "bilan"}));
  command->add_option("--from", options->from, "Premier jour, AAAA-MM-JJ");
  command->add_option("--to", options->to, "Dernier jour");
  command->add_option("--out", options->out, "Fichier .csv ou .ods")->required();
  choose(command, options, chosen, run_canteen_export);
}

void add_backtest(CLI::App& canteen, Command& chosen) {
  auto options = std::make_shared<CanteenBacktestOptions>();
  auto* command = canteen.add_subcommand("backtest", "Mesure les prévisions sur le passé, chacune faite de ce qu’on savait alors");
  command->add_option("--data", options->data, kData)->required();
  command->add_option("--from", options->from, "Premier jour prévu, AAAA-MM-JJ")->required();
  command->add_option("--to", options->to, "Dernier jour prévu, AAAA-MM-JJ")->required();
  command->add_option("--horizons", options->horizons, "Jours à l’avance, de 1 à 70 (par défaut 21,7,1)")
      ->delimiter(',')
      ->check(CLI::Range(1, 70));
  command->add_option("--out", options->out, "Écrit les prévisions dans ce fichier CSV");
  command->add_flag("--linear", options->linear, "Le modèle linéaire seul");
  command->add_flag("--unseen", options->unseen, "Chaque cantine prévue par un modèle qui ne l’a jamais vue, sur ses 20 derniers jours");
  command->add_flag("--json", options->json, "Compte rendu en JSON");
  choose(command, options, chosen, run_canteen_backtest);
}

}  // namespace

void add_canteen_words(CLI::App& app, Command& chosen) {
  auto* canteen = app.add_subcommand("canteen", "Les cantines\u00a0: combien de repas seront servis");
  canteen->require_subcommand(1);
  add_import(*canteen, chosen);
  add_calendar(*canteen, chosen);
  add_forecast(*canteen, chosen);
  add_override(*canteen, chosen);
  add_served(*canteen, chosen);
  add_review(*canteen, chosen);
  add_export(*canteen, chosen);
  add_check(*canteen, chosen);
  add_backtest(*canteen, chosen);
}

}  // namespace beffroi::app
