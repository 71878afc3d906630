// For tests: vectors made of the hashes of a text's words, so that texts sharing words are near, always the same, without a model.
// Queries and passages are prepared alike. Thread-safe.
#pragma once

#include "llm/embedder.h"

namespace beffroi::llm::fake {

class FakeEmbedder final : public Embedder {
 public:
  explicit FakeEmbedder(int dimension = 32) : dimension_(dimension) {}

  [[nodiscard]] int dimension() const override { return dimension_; }
  [[nodiscard]] std::string_view model_id() const override { return "fake"; }
  [[nodiscard]] Result<std::vector<float>> embed_query(std::string_view text, const std::stop_token& stop) override;
  [[nodiscard]] Result<std::vector<std::vector<float>>> embed_passages(std::span<const std::string> texts,
                                                                       const std::stop_token& stop) override;
  [[nodiscard]] Result<std::int64_t> count_tokens(std::string_view text) override;  // words

 private:
  int dimension_;
};

}  // namespace beffroi::llm::fake
