// Retrieval measured the way TREC does: relevance judgements, runs, and the usual figures.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::search {

struct EvaluationQuery {
  std::string qid;
  std::string text;
  std::string group;  // column «theme» where there is one: cross-validation keeps a group in one fold
};

using Grades = std::map<std::string, int, std::less<>>;     // publication id → grade, 1 and more is relevant
using Judgements = std::map<std::string, Grades, std::less<>>;  // qid → grades
using Run = std::map<std::string, std::vector<std::string>, std::less<>>;  // qid → publication ids, best first

// A header line names the tab-separated columns; qid and query are wanted, theme is read, others are ignored.
// Code::bad_input with the line when a column is missing.
[[nodiscard]] Result<std::vector<EvaluationQuery>> parse_queries(std::string_view text);
// TREC qrels «qid 0 doc grade», tabs or spaces, with or without a header line.
[[nodiscard]] Result<Judgements> parse_judgements(std::string_view text);
// TREC run «qid Q0 doc rank score tag»; the order is that of the ranks.
[[nodiscard]] Result<Run> parse_run(std::string_view text);
// The lines of one query in a TREC run.
[[nodiscard]] std::string run_lines(std::string_view qid, std::span<const std::string> ids, std::span<const double> scores,
                                    std::string_view tag);

// Means over the queries that have at least one relevant publication. A query without results counts for zero.
struct RetrievalFigures {
  std::size_t queries = 0;
  double hit_at_1 = 0;
  double hit_at_5 = 0;
  double recall_at_5 = 0;  // found in the first 5, over the smaller of 5 and what there is to find
  double mrr_at_10 = 0;
  double ndcg_at_10 = 0;   // gain = grade, discount log2(rank + 1)
};
[[nodiscard]] RetrievalFigures evaluate(const Run& run, const Judgements& judgements, std::span<const EvaluationQuery> queries);

}  // namespace beffroi::search
