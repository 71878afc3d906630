// Opens an index with its vectors and finds, for a question, the candidates and what is known of each: the part of a search that the
// program and the training of its re-ranker share. Immutable, thread-safe with one LexicalScores per thread.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "search/evidence.h"
#include "search/features.h"
#include "search/format.h"
#include "search/graph.h"
#include "search/letters.h"
#include "search/lexical.h"
#include "search/query.h"
#include "search/search.h"
#include "search/vector_index.h"

namespace beffroi::search {

class Retriever {
 public:
  // `vectors` may be empty, absent or of another generation: searches are then by words only.
  [[nodiscard]] static Result<std::unique_ptr<Retriever>> open(const std::filesystem::path& index, const std::filesystem::path& vectors);
  Retriever(const Retriever&) = delete;
  Retriever& operator=(const Retriever&) = delete;

  struct Found {
    Evidence evidence;
    std::vector<FeatureRow> rows;  // of evidence.candidates
  };
  // Code::invalid_argument or too_large for a question that cannot be one. Leaves the scores of the question in `scores`.
  [[nodiscard]] Result<Found> find(std::string_view text, std::span<const float> vector, const Filter& filter, LexicalScores& scores) const;

  [[nodiscard]] std::string understood(std::string_view text) const { return reader_.understood(text); }
  [[nodiscard]] const IndexFile& index() const { return index_; }
  // True when nearly every publication has its vector: the few that lack one are found by words.
  [[nodiscard]] bool has_vectors() const;
  // Null until nearly every passage that has words has its vector: a question is not judged by half of a base.
  [[nodiscard]] const VectorSet* passage_vectors() const;

 private:
  explicit Retriever(IndexFile index);
  [[nodiscard]] std::vector<std::uint8_t> allowed(const Filter& filter) const;

  IndexFile index_;
  QueryReader reader_;
  Lexical lexical_;
  Graph graph_;
  TitleLetters letters_;
  std::unique_ptr<VectorIndex> vectors_;
};

}  // namespace beffroi::search
