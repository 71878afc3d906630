// beffroi eval retrieval | features | speed | passages: the search measured, and what its training and its bench need.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <set>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/queries.h"
#include "base/files.h"
#include "json/writer.h"
#include "knowledge/find.h"
#include "knowledge/title_blind.h"
#include "search/evaluation.h"
#include "text/utf8.h"

namespace beffroi::app {

namespace {

constexpr std::size_t kJudgedDepth = 10;

struct Measured {
  search::Run run;
  std::string lines;                // the run as TREC lines
  std::vector<double> times_ms;     // embedding of the question included
  search::Mode mode = search::Mode::lexical;
};

// Keeps the queries whose id is a line of `only`, when given.
Result<std::vector<search::EvaluationQuery>> chosen_queries(const std::filesystem::path& file, const std::filesystem::path& only) {
  auto queries = BEFFROI_TRY(read_queries(file));
  if (only.empty()) return queries;
  const std::string list = BEFFROI_TRY(read_file(only));
  std::set<std::string, std::less<>> kept;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find('\n', begin), list.size());
    kept.insert(text::squeeze_spaces(std::string_view(list).substr(begin, end - begin)));
    begin = end + 1;
  }
  std::erase_if(queries, [&](const auto& query) { return !kept.contains(query.qid); });
  return queries;
}

Result<Measured> measure(const knowledge::Corpus& corpus, llm::Embedder* embedder, const std::vector<search::EvaluationQuery>& queries) {
  Measured measured;
  knowledge::FindOptions options;
  options.limit = kJudgedDepth;
  Progress progress("Mesure");
  for (const search::EvaluationQuery& query : queries) {
    const auto started = std::chrono::steady_clock::now();
    const auto results = BEFFROI_TRY(knowledge::find(corpus, embedder, query.text, options));
    measured.times_ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count());
    measured.mode = results.mode;
    std::vector<std::string> ids;
    std::vector<double> scores;
    for (const search::Hit& hit : results.hits) {
      ids.push_back(hit.publication_id);
      scores.push_back(hit.score);
    }
    measured.lines += search::run_lines(query.qid, ids, scores, "beffroi");
    measured.run.emplace(query.qid, std::move(ids));
    progress.at(static_cast<long long>(measured.times_ms.size()), static_cast<long long>(queries.size()));
  }
  return measured;
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[std::min(values.size() - 1, static_cast<std::size_t>(static_cast<double>(values.size()) * share))];
}

std::string_view name_of(search::Mode mode) { return mode == search::Mode::hybrid ? "hybrid" : "lexical"; }

// The figures when there are judgements, and the time of a query.
void print_measures(const Measured& measured, const search::RetrievalFigures* figures, bool as_json) {
  const double p50 = percentile(measured.times_ms, 0.5), p95 = percentile(measured.times_ms, 0.95);
  if (as_json) {
    json::Writer out;
    out.begin_object().field("mode", name_of(measured.mode)).field("p50_ms", p50).field("p95_ms", p95);
    if (figures != nullptr) {
      out.field("queries", figures->queries).field("hit_at_1", figures->hit_at_1).field("hit_at_5", figures->hit_at_5);
      out.field("recall_at_5", figures->recall_at_5).field("mrr_at_10", figures->mrr_at_10).field("ndcg_at_10", figures->ndcg_at_10);
    }
    fmt::print("{}\n", out.end_object().text());
    return;
  }
  if (figures != nullptr) {
    fmt::print("{} requêtes jugées\n", figures->queries);
    fmt::print("hit@1 {:.3f}  hit@5 {:.3f}  rappel@5 {:.3f}  MRR@10 {:.3f}  nDCG@10 {:.3f}\n", figures->hit_at_1, figures->hit_at_5,
               figures->recall_at_5, figures->mrr_at_10, figures->ndcg_at_10);
  }
  fmt::print("mode {}, temps par requête\u00a0: médiane {:.2f}\u00a0ms, p95 {:.2f}\u00a0ms\n", name_of(measured.mode), p50, p95);
}

}  // namespace

int run_eval_retrieval(const Config& config, const EvalRetrievalOptions& options) {
  const auto queries = chosen_queries(options.queries, options.only);
  if (!queries) return say_fault(queries.error());
  const auto judgements = read_judgements(options.qrels);
  if (!judgements) return say_fault(judgements.error());
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  std::shared_ptr<const knowledge::Corpus> corpus = (*engine)->corpus();
  if (options.hide_titles) {
    Progress progress("Vecteurs sans les titres");
    auto blind = knowledge::open_title_blind(config.corpus_folder(), (*engine)->embedder().get(),
                                             [&progress](std::int64_t done, std::int64_t total) { progress.at(done, total); });
    if (!blind) return say_fault(blind.error());
    corpus = *blind;
  }
  const auto measured = measure(*corpus, (*engine)->embedder().get(), *queries);
  if (!measured) return say_fault(measured.error());
  if (!options.run.empty()) {
    if (const Status written = write_file_atomically(options.run, measured->lines); !written) return say_fault(written.error());
  }
  const search::RetrievalFigures figures = search::evaluate(measured->run, *judgements, *queries);
  print_measures(*measured, &figures, options.json);
  return kDone;
}

int run_eval_speed(const Config& config, const EvalSpeedOptions& options) {
  const auto queries = read_queries(options.queries);
  if (!queries) return say_fault(queries.error());
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  auto measured = measure(*(*engine)->corpus(), (*engine)->embedder().get(), *queries);
  if (!measured) return say_fault(measured.error());
  measured->times_ms.erase(measured->times_ms.begin(),
                           measured->times_ms.begin() + static_cast<std::ptrdiff_t>(measured->times_ms.size() / 10));  // warm
  print_measures(*measured, nullptr, options.json);
  return kDone;
}

int run_eval_passages(const Config& config, const EvalPassagesOptions& options) {
  const auto corpus = knowledge::Corpus::open(config.corpus_folder());
  if (!corpus) return say_fault(corpus.error());
  std::string lines;
  const auto written = (*corpus)->for_each([&lines](const knowledge::Publication& publication) {
    for (const knowledge::Passage& passage : publication.passages) {
      std::string words =
          fmt::format("{}\n{}\n{}", publication.title, fmt::join(passage.sections, " "), fmt::join(passage.conditions, " "));
      for (const knowledge::Block& block : passage.blocks) words += '\n' + block.text;
      json::Writer out;
      out.begin_object().field("id", passage.id).field("text", words).end_object();
      lines += std::move(out).text() + '\n';
    }
  });
  if (!written) return say_fault(written.error());
  const Status kept = write_file_atomically(options.out, lines);
  return kept ? kDone : say_fault(kept.error());
}

}  // namespace beffroi::app
