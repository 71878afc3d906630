// beffroi import vosdroits | vectors
#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/installation.h"
#include "app/signals.h"
#include "app/snapshot.h"
#include "json/writer.h"
#include "knowledge/corpus.h"
#include "knowledge/download.h"
#include "knowledge/replica.h"
#include "knowledge/vectors_job.h"
#include "tenants/folder_lock.h"

namespace beffroi::app {

namespace {

// Files given by hand, else the configured addresses, else the installed snapshot.
Result<knowledge::ImportOptions> inputs_of(const Config& config, const ImportOptions& options, const std::stop_token& stop) {
  knowledge::ImportOptions import;
  import.folder = config.corpus_folder();
  if (!options.from.empty()) {
    import.inputs = options.from;
  } else if (!config.base.urls.empty()) {
    int number = 0;
    for (const std::string& url : config.base.urls) {
      fmt::print(stderr, "Téléchargement de {}\n", url);
      const auto file = config.home / "downloads" / fmt::format("vosdroits-{}.zip", ++number);
      BEFFROI_CHECK(knowledge::download(url, file, stop));
      import.inputs.push_back(file);
    }
    import.origin = fmt::format("{}", fmt::join(config.base.urls, ", "));
  } else {
    const Snapshot snapshot = BEFFROI_TRY(installed_snapshot(config));
    import.inputs.push_back(snapshot.archive);
    import.origin = snapshot.origin;
  }
  return import;
}

void print_report(const knowledge::ImportReport& report) {
  fmt::print("{} publications lues en {:.1f}\u00a0s\u00a0: {} ajoutées, {} modifiées, {} retirées, {} inchangées.\n", report.read,
             static_cast<double>(report.elapsed_ms) / 1000, report.added, report.changed, report.removed, report.unchanged);
  const bool everything_is_new = report.added == report.read;
  if (!everything_is_new) {
    for (const std::string& change : report.changes) fmt::print("  {}\n", change);
  }
  for (const std::string& rejected : report.rejected) fmt::print("  illisible\u00a0: {}\n", rejected);
}

std::string to_json(const knowledge::ImportReport& report) {
  json::Writer out;
  out.begin_object().field("read", report.read).field("added", report.added).field("changed", report.changed);
  out.field("removed", report.removed).field("unchanged", report.unchanged).field("elapsed_ms", report.elapsed_ms);
  out.field("changes", report.changes).field("rejected", report.rejected).end_object();
  return std::move(out).text();
}

Result<knowledge::ImportReport> import_and_publish(const Config& config, const knowledge::ImportOptions& import,
                                                   const std::stop_token& stop) {
  const tenants::Storage storage = BEFFROI_TRY(storage_of(config));
  const auto corpora = BEFFROI_TRY(storage.corpora());
  if (!corpora) return knowledge::import_vosdroits(import, stop);
  // From the import to its publication, what the other machines share does not come back here.
  BEFFROI_CHECK(tenants::make_folder(import.folder));
  const auto turn = tenants::FolderLock::take(import.folder, tenants::FolderLock::Kind::alone);
  if (!turn) return fail(Code::busy, "Le service met la base à jour\u00a0: recommencez dans un instant.");
  const knowledge::ImportReport report = BEFFROI_TRY(knowledge::import_vosdroits(import, stop));
  db::Database shared = BEFFROI_TRY(db::Database::open(*corpora));
  BEFFROI_TRY(knowledge::publish(import.folder, kSharedCorpus, shared));
  return report;
}

}  // namespace

int run_import(const Config& config, const ImportOptions& options) {
  const StopOnSignal signals;
  auto import = inputs_of(config, options, signals.token());
  if (!import) return say_fault(import.error());
  Progress progress("Import");
  import->progress = [&progress](std::int64_t done, std::int64_t total) { progress.at(done, total); };
  const auto report = import_and_publish(config, *import, signals.token());
  if (!report) return say_fault(report.error());
  if (options.json) fmt::print("{}\n", to_json(*report));
  else print_report(*report);
  return kDone;
}

int run_vectors(const Config& config, const VectorsOptions& options) {
  const StopOnSignal signals;
  const auto corpus = knowledge::Corpus::open(config.corpus_folder());
  if (!corpus) return say_fault(corpus.error());
  const auto embedder = installed_embedder(config, 0);  // somebody waits for it: every processor
  if (embedder == nullptr) {
    return say_fault(
        {Code::unavailable, "Le modèle de la recherche par le sens n’est pas installé\u00a0: lancez «\u00a0make setup\u00a0».", {}});
  }
  Progress progress("Vecteurs");
  knowledge::VectorsJob job;
  job.folder = config.corpus_folder();
  job.titles_only = options.titles_only;
  job.progress = [&progress](std::int64_t done, std::int64_t total) { progress.at(done, total); };
  const auto report = knowledge::compute_vectors(**corpus, *embedder, job, signals.token());
  if (!report) return say_fault(report.error());
  if (options.json) {
    json::Writer out;
    out.begin_object().field("computed", report->computed).field("total", report->total).end_object();
    fmt::print("{}\n", out.text());
  } else {
    fmt::print("{} vecteurs calculés, {} en tout.\n", report->computed, report->total);
  }
  return kDone;
}

}  // namespace beffroi::app
