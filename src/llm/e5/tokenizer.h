// Text to the numbers of its pieces, as XLM-RoBERTa was trained on: compatibility forms rewritten, cut at spaces, then each word
// divided into the most probable pieces of the vocabulary (Unigram model, Viterbi). Immutable once built; thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "llm/e5/model_file.h"

namespace beffroi::llm::e5 {

class Tokenizer {
 public:
  // `vocabulary` must outlive the tokenizer.
  explicit Tokenizer(const Vocabulary& vocabulary);

  // The pieces of `text`, without the marks of beginning and end, at most `limit`. Malformed UTF-8 reads as spaces.
  [[nodiscard]] std::vector<int> pieces(std::string_view text, std::size_t limit) const;

 private:
  [[nodiscard]] std::string normalized(std::string_view text) const;  // words separated and preceded by one plain space
  void append_code_point(char32_t code, std::string& out) const;
  void divide(std::string_view word, std::vector<int>& out) const;
  [[nodiscard]] int find(std::string_view piece, std::uint64_t hash) const;  // -1: no such piece
  [[nodiscard]] bool begins_a_piece(std::uint64_t hash) const;               // false is certain, true is nearly so

  const Vocabulary& vocabulary_;
  float unknown_score_ = 0;
  std::vector<std::uint32_t> slots_;    // open addressing: piece + 1, 0 when empty
  std::vector<std::uint64_t> prefixes_; // a bit per hash of the beginning of a piece
};

}  // namespace beffroi::llm::e5
