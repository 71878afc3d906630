// Prompt-lookup decoding: a rewording repeats much of its source, so the words that follow there are guessed next. The model checks
// them all in one go and keeps what it would have written itself.
// Source: Saxena, «Prompt Lookup Decoding», 2023; a place is kept in the source, so that a word changed does not lose it.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "llm/llama/loaded_model.h"

namespace beffroi::llm::llama {

class Lookup {
 public:
  Lookup() = default;
  explicit Lookup(std::vector<Token> source) : source_(std::move(source)) {}

  void wrote(Token token);                              // the reply goes on
  [[nodiscard]] std::span<const Token> next() const;    // what may follow; empty when nothing tells
  [[nodiscard]] double odds() const;                    // that the first of them is right, from how often it was in this reply

 private:
  [[nodiscard]] bool find(std::size_t length);

  std::vector<Token> source_;
  std::vector<Token> reply_;
  std::size_t place_ = 0;       // in source_: what may follow
  bool there_ = false;          // the reply follows the source at place_
  double right_ = 9, told_ = 10;  // guesses, the first ones before any: 9 of 10 were right in rewordings of our fiches
};

}  // namespace beffroi::llm::llama
