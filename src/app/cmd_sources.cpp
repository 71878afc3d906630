// beffroi sources: what is installed, of what date, in what state.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "json/writer.h"
#include "knowledge/corpus.h"

namespace beffroi::app {

int run_sources(const Config& config, const SourcesOptions& options) {
  const auto corpus = knowledge::Corpus::open(config.corpus_folder());
  if (!corpus) return say_fault(corpus.error());
  const knowledge::CorpusInfo& info = (*corpus)->info();
  const bool semantic = (*corpus)->searcher().has_vectors();
  if (options.json) {
    json::Writer out;
    out.begin_object().key("sources").begin_array().begin_object();
    out.field("id", "vosdroits").field("name", info.name).field("publisher", info.publisher).field("licence", info.licence);
    out.field("origin", info.origin).field("newest_date", info.newest_date).field("imported_at", info.imported_at);
    out.field("publications", info.publications).field("passages", info.passages).field("generation", info.generation);
    out.field("semantic", semantic).field("notice", info.notice);
    out.end_object().end_array().end_object();
    fmt::print("{}\n", out.text());
    return kDone;
  }
  fmt::print("{}\n  éditeur\u00a0: {}\n  licence\u00a0: {}\n  origine\u00a0: {}\n", info.name, info.publisher, info.licence, info.origin);
  fmt::print("  {} publications, {} passages\n", info.publications, info.passages);
  fmt::print("  fiche la plus récente\u00a0: {}\n  importée le\u00a0: {}\n", info.newest_date, info.imported_at);
  fmt::print("  recherche par le sens\u00a0: {}\n",
             semantic ? "vecteurs présents" : "pas encore de vecteurs («\u00a0beffroi import vectors\u00a0» les calcule)");
  if (!info.notice.empty()) fmt::print("  {}\n", info.notice);
  return kDone;
}

}  // namespace beffroi::app
