// The words of the command line. CLI11 is heavy: it is named in the files of words.h only.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/words.h"
#include "base/log.h"

namespace beffroi::app {

namespace {

// CLI11 speaks English; the person at the keyboard reads French.
std::string in_french(const CLI::ParseError& fault) {
  const std::string name = fault.get_name();
  if (name == "ExtrasError") return "Mot de trop sur la ligne de commande.";
  if (name == "RequiredError") return "Il manque une commande ou une option obligatoire.";
  if (name == "ConversionError") return "Une option attendait un nombre.";
  if (name == "ValidationError") return "La valeur d’une option est hors des limites.";
  if (name == "RequiresError" || name == "ExcludesError") return "Ces options vont ensemble, ou s’excluent.";
  if (name == "ArgumentMismatch") return "Il manque la valeur d’une option.";
  return "La ligne de commande n’est pas comprise.";
}

void add_serve(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<ServeOptions>();
  auto* command = app.add_subcommand("serve", "Ouvre le service web de la mairie");
  command->add_option("--address", options->address, "Adresse d’écoute (par défaut celle de beffroi.toml, sinon 127.0.0.1)");
  command->add_option("--port", options->port, "Port d’écoute (par défaut celui de beffroi.toml, sinon 8080)");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_serve(config, *options); }; });
}

void add_routes(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<RoutesOptions>();
  auto* command = app.add_subcommand("routes", "Montre les adresses du service et qui peut les ouvrir");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_routes(config, *options); }; });
}

void add_ask(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<AskOptions>();
  auto* command = app.add_subcommand("ask", "Pose une question et montre les extraits qui y répondent, avec leurs sources");
  auto* question = command->add_option("question", options->question, "La question, en français");
  command->add_option("--condition", options->conditions, "Une situation déjà choisie (répétable)");
  auto* in = command->add_option("--questions", options->questions, "Fichier JSON Lines de questions\u00a0: {\"id\", \"question\"}");
  auto* out = command->add_option("--out", options->out, "Fichier JSON Lines des réponses");
  in->needs(out);
  out->needs(in);
  question->excludes(in);
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->add_flag("--thorough", options->thorough, "Demande aussi au modèle de langue quelles phrases répondent (quelques secondes)");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] {
    if (options->question.empty() && options->questions.empty()) throw CLI::RequiredError("question");
    chosen = [options](const Config& config) { return run_ask(config, *options); };
  });
}

void add_search(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<SearchOptions>();
  auto* command = app.add_subcommand("search", "Cherche dans les sources, sans composer de réponse");
  auto* query = command->add_option("query", options->query, "Les mots cherchés");
  auto* in =
      command->add_option("--queries", options->queries, "Fichier de requêtes\u00a0: colonnes qid et query, première ligne d’en-tête");
  auto* out = command->add_option("--run", options->run, "Fichier de résultats au format TREC");
  in->needs(out);
  out->needs(in);
  query->excludes(in);
  command->add_option("--limit", options->limit, "Nombre de publications (1 à 100)")->check(CLI::Range(1, 100));
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] {
    if (options->query.empty() && options->queries.empty()) throw CLI::RequiredError("query");
    chosen = [options](const Config& config) { return run_search(config, *options); };
  });
}

void add_import(CLI::App& app, Command& chosen) {
  auto* command = app.add_subcommand("import", "Importe la base officielle ou calcule ses vecteurs");
  command->require_subcommand(1);

  auto import = std::make_shared<ImportOptions>();
  auto* base = command->add_subcommand("vosdroits", "Importe la base « Vos droits et démarches » de la DILA");
  base->add_option("--from", import->from, "Archive zip de la DILA, archive .tgz du paquet npm, ou dossier (répétable)");
  base->add_flag("--json", import->json, "Compte rendu en JSON");
  base->callback([import, &chosen] { chosen = [import](const Config& config) { return run_import(config, *import); }; });

  auto vectors = std::make_shared<VectorsOptions>();
  auto* embed = command->add_subcommand("vectors", "Calcule les vecteurs de la recherche par le sens (reprend où il s’était arrêté)");
  embed->add_flag("--titles-only", vectors->titles_only, "Les titres et introductions seulement");
  embed->add_flag("--json", vectors->json, "Compte rendu en JSON");
  embed->callback([vectors, &chosen] { chosen = [vectors](const Config& config) { return run_vectors(config, *vectors); }; });
}

void add_sources(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<SourcesOptions>();
  auto* command = app.add_subcommand("sources", "Montre les sources installées, leur date et leur état");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_sources(config, *options); }; });
}

void add_models(CLI::App& app, Command& chosen) {
  auto* models = app.add_subcommand("models", "Les modèles de langue\u00a0: ce qu’ils sont, ce qui est installé");
  models->require_subcommand(1);
  const auto under = [&](CLI::App* parent, const char* name, const char* what, const char* id,
                         int (*run)(const Config&, const ModelsOptions&)) {
    auto options = std::make_shared<ModelsOptions>();
    auto* command = parent->add_subcommand(name, what);
    if (id != nullptr) command->add_option("id", options->id, id);
    command->add_flag("--json", options->json, "Résultat en JSON");
    command->callback([options, run, &chosen] { chosen = [options, run](const Config& config) { return run(config, *options); }; });
    return command;
  };
  const auto add = [&](const char* name, const char* what, const char* id, auto* run) { return under(models, name, what, id, run); };
  add("list", "Montre le catalogue et l’état de chaque modèle", nullptr, run_models_list);
  add("install", "Installe un modèle (reprend où il s’était arrêté)", "Le modèle (par défaut celui de Beffroi)", run_models_install);
  add("remove", "Retire un modèle, ou ce qui en est déjà téléchargé", "Le modèle", run_models_remove)->get_option("id")->required();
  add("check", "Vérifie les fichiers installés, et que le modèle distant répond", "Le modèle (par défaut tous)", run_models_check);
  auto* key = models->add_subcommand("key", "La clé du modèle distant, gardée chiffrée");
  key->require_subcommand(1);
  under(key, "set", "Range la clé lue sur l’entrée standard, pour l’adresse de [upstream]", nullptr, run_models_key_set);
  under(key, "remove", "Oublie la clé rangée", nullptr, run_models_key_remove);
}

void add_mask(CLI::App& app, Command& chosen) {
  auto options = std::make_shared<MaskOptions>();
  auto* command = app.add_subcommand("mask", "Trouve les données personnelles de textes");
  command->add_option("--jsonl", options->jsonl, "Fichier JSON Lines de textes\u00a0: {\"id\", \"text\"}")->required();
  command->add_option("--out", options->out, "Fichier JSON Lines\u00a0: {\"id\", \"spans\"}, positions en caractères Unicode")->required();
  command->add_flag("--public-act", options->public_act, "Acte public\u00a0: les élus restent nommés");
  command->add_flag("--keep-dates", options->keep_dates, "Parmi les dates, celles de naissance seulement");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_mask(config, *options); }; });
}

// Started by the server for itself: not shown in the help.
void add_worker(CLI::App& app, Command& chosen) {
  auto* worker = app.add_subcommand("worker", "Rôle interne, lancé par le service")->group("");
  worker->require_subcommand(1);
  auto options = std::make_shared<WorkerOptions>();
  auto* command = worker->add_subcommand("llm", "Moteur de langue");
  command->add_option("--model", options->model, "Fichier du modèle")->required();
  command->add_option("--states", options->states, "Dossier des états gardés");
  command->add_option("--threads", options->threads, "Fils de calcul")->check(CLI::Range(1, 256));
  command->add_option("--context", options->context_tokens, "Contexte, en jetons")->check(CLI::Range(512, 1 << 20));
  command->add_option("--memory-mb", options->kept_memory_mb, "États gardés en mémoire")->check(CLI::Range(0, 1 << 20));
  command->add_option("--disk-mb", options->kept_disk_mb, "États gardés sur le disque")->check(CLI::Range(0, 1 << 24));
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_worker_llm(config, *options); }; });
}

void add_eval_retrieval(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalRetrievalOptions>();
  auto* command = eval.add_subcommand("retrieval", "Qualité de la recherche\u00a0: hit@k, rappel, MRR@10, nDCG@10");
  command->add_option("--queries", options->queries, "Requêtes (qid, query)")->required();
  command->add_option("--qrels", options->qrels, "Jugements au format TREC")->required();
  command->add_option("--run", options->run, "Écrit aussi les résultats au format TREC");
  command->add_option("--only", options->only, "Ne garde que les requêtes de cette liste (un qid par ligne)");
  command->add_flag("--hide-titles", options->hide_titles, "Indexe sans les titres");
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_retrieval(config, *options); }; });
}

void add_eval_answers(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalAnswersOptions>();
  auto* command = eval.add_subcommand("answers", "Qualité des réponses\u00a0: phrases de soutien, abstention, consignes cachées");
  command->add_option("--questions", options->questions, "Questions (JSON Lines ou tableau\u00a0: id, question, ce qui est attendu)")
      ->required();
  command->add_option("--split", options->split, "Une part du fichier seulement\u00a0: dev ou report");
  command->add_option("--training", options->training, "Écrit de quoi entraîner le sélecteur, au lieu de mesurer");
  command->add_flag("--thorough", options->thorough, "Demande aussi au modèle de langue (quelques secondes par question)");
  command->add_flag("--misses", options->misses, "Montre aussi ce qui a manqué, question par question");
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_answers(config, *options); }; });
}

void add_eval_offers(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalOffersOptions>();
  auto* command = eval.add_subcommand("offers", "Passages et phrases offerts au modèle, et ce qu’il en choisit");
  command->add_option("--questions", options->questions, "Questions")->required();
  command->add_option("--out", options->out, "Fichier JSON Lines")->required();
  command->add_option("--split", options->split, "Une part du fichier seulement\u00a0: dev ou report");
  command->add_option("--limit", options->limit, "Les premières questions seulement");
  command->add_option("--windows", options->windows, "Passages offerts par question (2 par défaut)")->check(CLI::Range(1, 8));
  command->add_flag("--model", options->model, "Demande aussi au modèle de choisir");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_offers(config, *options); }; });
}

void add_eval_mask(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalMaskOptions>();
  auto* command = eval.add_subcommand("mask", "Données personnelles\u00a0: ce qui échappe, ce qui est masqué à tort, vitesse");
  command->add_option("--jsonl", options->jsonl, "Textes étiquetés (JSON Lines\u00a0: text, entities, negatives)")->required();
  command->add_flag("--keep-dates", options->keep_dates, "Parmi les dates, celles de naissance seulement");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_mask(config, *options); }; });
}

void add_eval_routes(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalRoutesOptions>();
  auto* command = eval.add_subcommand("routes", "Part répondue sans modèle et erreurs de route ; sans jeu, ce que demandent les lecteurs");
  command->add_option("--questions", options->questions, "Questions étiquetées");
  command->add_option("--split", options->split, "Une part du fichier seulement : dev ou report");
  command->add_option("--out", options->out, "Écrit aussi une ligne JSON par question");
  command->add_flag("--model", options->model, "Demande aussi au modèle, pour compter les erreurs de route");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_routes(config, *options); }; });
}

void add_eval_rewordings(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalRewordingsOptions>();
  auto* command = eval.add_subcommand("rewordings", "Réponses reformulées par le modèle\u00a0: ce que la vérification garde et refuse");
  command->add_option("--questions", options->questions, "Questions")->required();
  command->add_option("--style", options->style, "plain, falc ou letter_paragraph");
  command->add_option("--split", options->split, "Une part du fichier seulement\u00a0: dev ou report");
  command->add_option("--limit", options->limit, "Les premières questions seulement");
  command->add_option("--out", options->out, "Écrit chaque phrase reformulée et chaque phrase refusée (JSON Lines)");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_rewordings(config, *options); }; });
}

void add_eval_features(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalFeaturesOptions>();
  auto* command = eval.add_subcommand("features", "Traits des candidats, pour entraîner le reclassement");
  command->add_option("--queries", options->queries, "Requêtes (qid, query)")->required();
  command->add_option("--qrels", options->qrels, "Jugements au format TREC")->required();
  command->add_option("--out", options->out, "Fichier de traits (TSV)")->required();
  command->add_flag("--hide-titles", options->hide_titles, "Indexe sans les titres");
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_features(config, *options); }; });
}

void add_eval_speed(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalSpeedOptions>();
  auto* command = eval.add_subcommand("speed", "Temps de recherche, requête par requête");
  command->add_option("--queries", options->queries, "Requêtes (qid, query)")->required();
  command->add_flag("--lexical", options->lexical, "Sans la recherche par le sens");
  command->add_flag("--json", options->json, "Résultat en JSON");
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_speed(config, *options); }; });
}

void add_eval_passages(CLI::App& eval, Command& chosen) {
  auto options = std::make_shared<EvalPassagesOptions>();
  auto* command =
      eval.add_subcommand("passages", "Écrit tous les passages (JSON Lines), pour mesurer un autre moteur sur les mêmes textes");
  command->add_option("--out", options->out, "Fichier JSON Lines")->required();
  command->callback([options, &chosen] { chosen = [options](const Config& config) { return run_eval_passages(config, *options); }; });
}

void add_eval(CLI::App& app, Command& chosen) {
  auto* eval = app.add_subcommand("eval", "Mesure la qualité sur des jeux étiquetés");
  eval->require_subcommand(1);
  add_eval_retrieval(*eval, chosen);
  add_eval_answers(*eval, chosen);
  add_eval_offers(*eval, chosen);
  add_eval_routes(*eval, chosen);
  add_eval_rewordings(*eval, chosen);
  add_eval_features(*eval, chosen);
  add_eval_mask(*eval, chosen);
  add_eval_speed(*eval, chosen);
  add_eval_passages(*eval, chosen);
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app{"Beffroi\u00a0: l’intelligence artificielle des communes, qui cite ses sources", "beffroi"};
  app.set_help_flag("-h,--help", "Montre cette aide");
  app.set_version_flag("--version", BEFFROI_VERSION, "Montre la version");
  std::filesystem::path file;
  app.add_option("--config", file, "Fichier de configuration (par défaut beffroi.toml)");
  app.require_subcommand(1);
  Command chosen;
  add_serve(app, chosen);
  add_routes(app, chosen);
  add_ask(app, chosen);
  add_search(app, chosen);
  add_import(app, chosen);
  add_sources(app, chosen);
  add_models(app, chosen);
  add_mask(app, chosen);
  add_canteen_words(app, chosen);
  add_store_words(app, chosen);
  add_people_words(app, chosen);
  add_compliance_words(app, chosen);
  add_quota_words(app, chosen);
  add_worker(app, chosen);
  add_eval(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);  // --help, --version
  } catch (const CLI::ParseError& fault) {
    say_fault(Error{Code::invalid_argument, in_french(fault) + " «\u00a0beffroi --help\u00a0» montre les commandes.", fault.what()});
    return kWrongUse;
  }
  if (!app.got_subcommand("serve")) log::quiet();  // a person at the keyboard reads results, not the journal
  const Result<Config> config = load_config(file);
  if (!config) return say_fault(config.error());
  return chosen(*config);
}

}  // namespace beffroi::app
