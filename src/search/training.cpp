#include "search/training.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/files.h"
#include "search/retriever.h"

namespace beffroi::search {

namespace {

void append_number(std::string& line, float value) {
  line.push_back('\t');
  if (std::isnan(value)) return;
  std::array<char, 32> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  line.append(digits.data(), end.ptr);
}

std::string header_line() {
  std::string line = "qid\tgroup\tpublication\tgrade";
  for (const std::string_view name : feature_names()) line.append("\t").append(name);
  return line + "\n";
}

int grade_of(const Judgements& judgements, std::string_view qid, std::string_view id) {
  const auto grades = judgements.find(qid);
  if (grades == judgements.end()) return 0;
  const auto grade = grades->second.find(id);
  return grade == grades->second.end() ? 0 : grade->second;
}

}  // namespace

Status write_training_table(const std::filesystem::path& index, const std::filesystem::path& vectors, const TrainingQueries& queries,
                            const Filter& filter, const std::filesystem::path& out) {
  if (!queries.vectors.empty() && queries.vectors.size() != queries.queries.size()) {
    return fail(Code::invalid_argument, "Il faut un vecteur par question.");
  }
  const auto retriever = BEFFROI_TRY(Retriever::open(index, vectors));
  LexicalScores scores;
  std::string table = header_line();
  for (std::size_t at = 0; at < queries.queries.size(); ++at) {
    const EvaluationQuery& query = queries.queries[at];
    const std::span<const float> vector = queries.vectors.empty() ? std::span<const float>{} : std::span<const float>(queries.vectors[at]);
    const auto found = BEFFROI_TRY(retriever->find(query.text, vector, filter, scores));
    if (found.rows.empty()) table.append(query.qid).append("\t").append(query.group).append("\n");  // counts as not found
    for (std::size_t row = 0; row < found.rows.size(); ++row) {
      const std::string_view id = retriever->index().text(retriever->index().publications[found.evidence.candidates[row]].id);
      table.append(query.qid).append("\t").append(query.group).append("\t").append(id).append("\t");
      table.append(std::to_string(grade_of(queries.judgements, query.qid, id)));
      for (const float value : found.rows[row]) append_number(table, value);
      table.push_back('\n');
    }
  }
  return write_file_atomically(out, table);
}

}  // namespace beffroi::search
