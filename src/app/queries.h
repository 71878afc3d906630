// Files of queries and judgements, read with the name of the file in every fault.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "search/evaluation.h"

namespace beffroi::app {

[[nodiscard]] Result<std::vector<search::EvaluationQuery>> read_queries(const std::filesystem::path& file);
[[nodiscard]] Result<search::Judgements> read_judgements(const std::filesystem::path& file);

}  // namespace beffroi::app
