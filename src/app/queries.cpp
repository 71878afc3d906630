#include "app/queries.h"

#include "base/files.h"

namespace beffroi::app {

Result<std::vector<search::EvaluationQuery>> read_queries(const std::filesystem::path& file) {
  const std::string content = BEFFROI_TRY(read_file(file));
  auto queries = search::parse_queries(content);
  if (!queries) return tl::unexpected<Error>(std::move(queries).error().at(file.filename().string()));
  return queries;
}

Result<search::Judgements> read_judgements(const std::filesystem::path& file) {
  const std::string content = BEFFROI_TRY(read_file(file));
  auto judgements = search::parse_judgements(content);
  if (!judgements) return tl::unexpected<Error>(std::move(judgements).error().at(file.filename().string()));
  return judgements;
}

}  // namespace beffroi::app
