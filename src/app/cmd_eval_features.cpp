// beffroi eval features: the table from which tools/train trains the re-ranker.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/queries.h"
#include "knowledge/find.h"
#include "knowledge/title_blind.h"
#include "search/training.h"

namespace beffroi::app {

namespace {

Result<std::vector<std::vector<float>>> vectors_of(const search::Searcher& searcher, llm::Embedder& embedder,
                                                   const std::vector<search::EvaluationQuery>& queries) {
  std::vector<std::vector<float>> vectors;
  Progress progress("Questions");
  for (const search::EvaluationQuery& query : queries) {
    vectors.push_back(BEFFROI_TRY(embedder.embed_query(searcher.understood(query.text), {})));
    progress.at(static_cast<long long>(vectors.size()), static_cast<long long>(queries.size()));
  }
  return vectors;
}

}  // namespace

int run_eval_features(const Config& config, const EvalFeaturesOptions& options) {
  const auto queries = read_queries(options.queries);
  if (!queries) return say_fault(queries.error());
  const auto judgements = read_judgements(options.qrels);
  if (!judgements) return say_fault(judgements.error());
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  llm::Embedder* embedder = (*engine)->embedder().get();

  std::filesystem::path folder = config.corpus_folder();
  if (options.hide_titles) {
    const auto blind = knowledge::open_title_blind(folder, embedder, {});
    if (!blind) return say_fault(blind.error());
    folder /= "blind";
  }
  std::vector<std::vector<float>> vectors;
  if (embedder != nullptr) {
    auto computed = vectors_of((*engine)->corpus()->searcher(), *embedder, *queries);
    if (!computed) return say_fault(computed.error());
    vectors = std::move(*computed);
  }
  const search::TrainingQueries training{*queries, vectors, *judgements};
  const Status written =
      search::write_training_table(folder / "lexical.idx", embedder == nullptr ? std::filesystem::path() : folder / "vectors.bin", training,
                                   knowledge::publications_that_tell(), options.out);
  if (!written) return say_fault(written.error());
  fmt::print("{} requêtes écrites dans {}\n", queries->size(), options.out.string());
  return kDone;
}

}  // namespace beffroi::app
