// Texts to vectors of meaning: two texts that say the same thing have a high dot product, whatever their words.
//
// Every vector has dimension() floats and length 1, so a dot product is a cosine. Queries and passages are prepared differently
// (e5's «query: » and «passage: »): compare a query with passages, or passages among themselves. Vectors of two model_id() must
// never be compared. Any bytes are accepted: malformed UTF-8 reads as spaces, an empty text has a vector too (of the prefix alone).
// A query is read up to the model's window (about 350 French words); a passage is read whole, window by window.
//
// Thread-safe; calls may overlap and never wait for one another, so a long embed_passages() does not hold up a query.
// Errors: unavailable (model missing or damaged: a French sentence says what to do), too_large (a text over kMaxTextBytes),
// cancelled (stop asked, looked at before every window: some tens of milliseconds).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::llm {

class Embedder {
 public:
  static constexpr std::size_t kMaxTextBytes = 1 << 20;

  virtual ~Embedder() = default;

  // Both are known without loading the model.
  [[nodiscard]] virtual int dimension() const = 0;
  [[nodiscard]] virtual std::string_view model_id() const = 0;

  [[nodiscard]] virtual Result<std::vector<float>> embed_query(std::string_view text, const std::stop_token& stop) = 0;

  // One vector per text, in the same order; all or an error. For progress, give the texts in batches.
  [[nodiscard]] virtual Result<std::vector<std::vector<float>>> embed_passages(std::span<const std::string> texts,
                                                                               const std::stop_token& stop) = 0;

  // How many pieces of its vocabulary a passage has: what embedding it costs.
  [[nodiscard]] virtual Result<std::int64_t> count_tokens(std::string_view text) = 0;

  // Gives the model's memory back; the next call loads it again. Calls under way finish undisturbed.
  virtual void unload() {}
};

}  // namespace beffroi::llm
