// beffroi search: what the sources say, without composing an answer.
#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/engine.h"
#include "app/queries.h"
#include "base/files.h"
#include "json/writer.h"
#include "knowledge/find.h"

namespace beffroi::app {

namespace {

Result<search::Results> find(const Engine& engine, const std::string& words, std::size_t limit) {
  knowledge::FindOptions options;
  options.limit = limit;
  return knowledge::find(*engine.corpus(), engine.embedder().get(), words, options);
}

// The TREC run of a file of queries.
Result<std::string> run_of(const Engine& engine, const std::vector<search::EvaluationQuery>& queries, std::size_t limit) {
  std::string lines;
  Progress progress("Recherche");
  for (std::size_t i = 0; i < queries.size(); ++i) {
    auto results = find(engine, queries[i].text, limit);
    if (!results) return tl::unexpected<Error>(std::move(results).error().at(queries[i].qid));
    std::vector<std::string> ids;
    std::vector<double> scores;
    for (const search::Hit& hit : results->hits) {
      ids.push_back(hit.publication_id);
      scores.push_back(hit.score);
    }
    lines += search::run_lines(queries[i].qid, ids, scores, "beffroi");
    progress.at(static_cast<long long>(i) + 1, static_cast<long long>(queries.size()));
  }
  return lines;
}

int run_batch(const Engine& engine, const SearchOptions& options) {
  const auto queries = read_queries(options.queries);
  if (!queries) return say_fault(queries.error());
  const auto lines = run_of(engine, *queries, options.limit);
  if (!lines) return say_fault(lines.error());
  const Status written = write_file_atomically(options.run, *lines);
  return written ? kDone : say_fault(written.error());
}

void print_text(const knowledge::Corpus& corpus, const search::Results& results) {
  if (!results.corrected.empty()) fmt::print("Recherche corrigée\u00a0: {}\n\n", results.corrected);
  if (results.hits.empty()) fmt::print("Aucun résultat.\n");
  int rank = 0;
  for (const search::Hit& hit : results.hits) {
    const auto publication = corpus.publication(hit.publication_id);
    if (!publication) continue;  // the index and the base are of one generation: cannot happen
    fmt::print("{}. {} ({}, {})\n   {}\n", ++rank, publication->title, publication->id, publication->date, publication->url);
  }
  if (!corpus.info().notice.empty()) fmt::print("\n{}\n", corpus.info().notice);
}

void print_json(const knowledge::Corpus& corpus, const search::Results& results) {
  json::Writer out;
  out.begin_object().field("mode", results.mode == search::Mode::hybrid ? "hybrid" : "lexical").field("corrected", results.corrected);
  out.field("notice", corpus.info().notice).key("hits").begin_array();
  for (const search::Hit& hit : results.hits) {
    const auto publication = corpus.publication(hit.publication_id);
    if (!publication) continue;
    out.begin_object().field("id", publication->id).field("title", publication->title).field("date", publication->date);
    out.field("url", publication->url).field("score", hit.score).field("relevance", hit.relevance).key("passages").begin_array();
    for (const search::PassageHit& passage : hit.passages) out.value(passage.passage_id);
    out.end_array().end_object();
  }
  out.end_array().end_object();
  fmt::print("{}\n", out.text());
}

}  // namespace

int run_search(const Config& config, const SearchOptions& options) {
  const auto engine = Engine::open(config, options.lexical);
  if (!engine) return say_fault(engine.error());
  if (!options.queries.empty()) return run_batch(**engine, options);
  const auto results = find(**engine, options.query, options.limit);
  if (!results) return say_fault(results.error());
  const auto corpus = (*engine)->corpus();
  if (options.json) print_json(*corpus, *results);
  else print_text(*corpus, *results);
  return kDone;
}

}  // namespace beffroi::app
