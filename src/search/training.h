// The table from which the re-ranker is trained: for each question judged, its candidates with their grades and features.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "search/evaluation.h"
#include "search/search.h"

namespace beffroi::search {

struct TrainingQueries {
  std::span<const EvaluationQuery> queries;
  std::span<const std::vector<float>> vectors;  // of the queries, in their order; empty for a table by words only
  const Judgements& judgements;                 // a query without any is written too, every grade 0
};

// Writes tab-separated lines: qid, group, publication, grade, then the features by name; empty cells are missing values. A query
// without any candidate has one line of two cells.
[[nodiscard]] Status write_training_table(const std::filesystem::path& index, const std::filesystem::path& vectors,
                                          const TrainingQueries& queries, const Filter& filter, const std::filesystem::path& out);

}  // namespace beffroi::search
