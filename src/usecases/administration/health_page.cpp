// /administration/sante: version, database, base, disk, memory, engine, queues, backups, faults.
#include <fmt/format.h>
#include <unistd.h>

#include "base/log.h"
#include "db/pool.h"
#include "jobs/queue.h"
#include "llm/catalogue.h"
#include "metering/process_cpu.h"
#include "metering/process_memory.h"
#include "usecases/administration/facts.h"
#include "usecases/administration/health.h"
#include "usecases/administration/sections.h"

namespace beffroi::administration {

namespace {

constexpr std::string_view kPath = "/administration/sante";
constexpr std::size_t kBackupsShown = 5;

// « 3 jours et 4 h », « 12 min »
std::string duration_words(std::int64_t ms) {
  const std::int64_t minutes = ms / 60'000;
  if (minutes < 60) return fmt::format("{}\u00a0min", minutes);
  if (minutes < 24 * 60) return fmt::format("{}\u00a0h\u00a0{:02}", minutes / 60, minutes % 60);
  return fmt::format("{} et {}\u00a0h", counted(minutes / 1440, "jour", "jours"), minutes / 60 % 24);
}

void write_program(Html& html, const Call& call) {
  const Machine& machine = call.services.machine;
  html.element("h2", "Le programme").open("dl", {{"class", "admin-facts"}});
  write_fact(html, "Version", machine.version);
  write_fact(html, "En marche depuis", duration_words(call.now_ms() - machine.started_ms));
  if (const auto memory = metering::process_memory_bytes(::getpid())) write_fact(html, "Mémoire occupée", llm::readable_size(*memory));
  if (const auto cpu = metering::process_cpu_s(::getpid())) write_fact(html, "Temps de processeur", fmt::format("{:.0f}\u00a0s", *cpu));
  const log::Counts lines = log::counts();
  write_verdict(
      html, "Erreurs depuis le démarrage", lines.errors == 0,
      fmt::format("{}, {}", counted(lines.errors, "erreur", "erreurs"), counted(lines.warnings, "avertissement", "avertissements")));
  html.close();
}

void write_database(Html& html, db::Database& database) {
  html.element("h2", "Les données de la commune").open("dl", {{"class", "admin-facts"}});
  write_fact(html, "Moteur", db::name_of(database.engine()));
  if (const auto version = database.version()) write_fact(html, "Version du schéma", std::to_string(*version));
  if (database.engine() == db::Engine::postgres) {
    const db::PoolLoad pool = db::pool_load();
    write_fact(html, "Connexions", fmt::format("{} au travail, {} en réserve, {} au plus", pool.lent, pool.resting, pool.limit));
  }
  html.close();
}

void write_base(Html& html, const Call& call) {
  html.element("h2", "La base officielle").open("dl", {{"class", "admin-facts"}});
  const auto corpus = call.services.machine.corpus ? call.services.machine.corpus() : nullptr;
  if (corpus == nullptr) {
    write_verdict(html, "Base", false, "absente\u00a0: la personne qui tient la machine doit l’importer.");
  } else {
    const knowledge::CorpusInfo& base = corpus->info();
    const auto age = base_age_days(base, call.now_ms());
    write_verdict(html, "Fiche la plus récente", age && *age <= kBaseOldDays,
                  fmt::format("{}{}", pages::french_date(base.newest_date), age ? ", il y a " + counted(*age, "jour", "jours") : ""));
    write_fact(html, "Fiches", number_words(base.publications));
    write_fact(html, "Importée le", pages::french_date(base.imported_at.substr(0, 10)));
    write_fact(html, "Génération", base.generation);
    write_fact(html, "Recherche par le sens", corpus->searcher().has_vectors() ? "prête" : "pas encore prête");
  }
  html.close();
}

void write_machine(Html& html, const Call& call) {
  html.element("h2", "La machine").open("dl", {{"class", "admin-facts"}});
  if (const auto disk = disk_of(call.services.machine.home)) {
    write_verdict(html, "Disque", !disk->nearly_full(),
                  fmt::format("{} libres sur {}", llm::readable_size(disk->free_bytes), llm::readable_size(disk->all_bytes)));
  }
  if (const auto& traffic = call.services.machine.traffic) {
    const http::Traffic::Report report = traffic->report();
    write_fact(html, "Pages demandées en ce moment", fmt::format("{} en cours, {} en attente", report.working, report.waiting));
  }
  html.close();
}

void write_engine(Html& html, const Call& call) {
  const Machine& machine = call.services.machine;
  html.element("h2", "Le modèle de langue").open("dl", {{"class", "admin-facts"}});
  if (!machine.why_no_model.empty()) write_verdict(html, "Modèle", false, machine.why_no_model);
  if (const auto worker = machine.worker ? machine.worker() : std::nullopt) {
    write_verdict(html, "Moteur sur cette machine", worker->well, worker->words);
    write_fact(html, "Démarrages", number_words(worker->starts));
    write_fact(html, "Demandes", fmt::format("{} en cours, {} en attente", worker->running, worker->waiting));
  } else {
    for (const Destination& served : machine.destinations ? machine.destinations() : std::vector<Destination>{})
      write_verdict(html, served.name, served.health.has_value(), served.health ? "répond" : served.health.error().message);
  }
  html.close();
  if (call.visitor.may(Right::manage_settings)) {
    html.open("p").element("a", {{"href", "/administration/modeles"}}, "Voir les modèles").close();
  }
}

void write_backups(Html& html, const Call& call, const std::vector<tenants::BackupMade>& backups) {
  html.element("h2", "Les sauvegardes");
  if (backups.empty()) {
    html.element("p", {{"class", "admin-alert"}}, "Aucune sauvegarde n’a encore été faite.");
    return;
  }
  if (backup_is_old(backups, call.now_ms())) html.element("p", {{"class", "admin-alert"}}, "La dernière sauvegarde a plus d’une semaine.");
  pages::open_table(html, "sauvegardes", "Les dernières sauvegardes");
  pages::write_heads(html, {"Faite le", "Taille"});
  html.open("tbody");
  for (std::size_t at = 0; at < std::min(backups.size(), kBackupsShown); ++at) {
    html.open("tr").element("th", {{"scope", "row"}}, pages::french_moment(backups[at].at_ms));
    pages::write_number(html, llm::readable_size(backups[at].bytes));
    html.close();
  }
  html.close().close().close();
}

void write_jobs(Html& html, const std::map<jobs::State, std::int64_t>& counts) {
  const auto count = [&](jobs::State state) {
    const auto found = counts.find(state);
    return found == counts.end() ? std::int64_t{0} : found->second;
  };
  html.element("h2", "Les tâches de la commune").open("dl", {{"class", "admin-facts"}});
  write_fact(html, "En attente", number_words(count(jobs::State::waiting)));
  write_fact(html, "En cours", number_words(count(jobs::State::running)));
  const std::int64_t failed = count(jobs::State::failed);
  write_verdict(html, "En échec", failed == 0, number_words(failed));
  html.close();
}

void write_purge(Html& html, const Call& call, const PurgeSeen& purge) {
  std::string words = purge.last_ms == 0 ? "pas encore fait" : "fait le " + pages::french_moment(purge.last_ms);
  if (!purge.error.empty())
    words += ". Le dernier essai a échoué\u00a0: " + purge.error +
             " Beffroi recommence dans l’heure, quelques fois dans la journée, puis le lendemain.";
  html.element("h2", "Ce qui a fait son temps").open("dl", {{"class", "admin-facts"}});
  write_verdict(html, "Effacement de chaque jour", purge.well(call.now_ms()), words);
  html.close();
}

}  // namespace

Result<http::Reply> show_health(const Call& call) {
  db::Database database = BEFFROI_TRY(call.tenant().connect());
  const auto jobs = BEFFROI_TRY(jobs::Queue(database, call.services.now_ms).counts());
  const auto backups = BEFFROI_TRY(call.services.directory->backups());
  const PurgeSeen purge = BEFFROI_TRY(purge_seen(database));
  return page(call, {"Santé", kPath}, [&](Html& html) {
    html.element("h1", "Santé du service");
    write_base(html, call);
    write_engine(html, call);
    write_machine(html, call);
    write_jobs(html, jobs);
    write_purge(html, call, purge);
    write_backups(html, call, backups);
    write_database(html, database);
    write_program(html, call);
  });
}

}  // namespace beffroi::administration
