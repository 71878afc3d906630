// Prompt-lookup decoding: a rewording repeats much of its source, so the words that followed last time are tried first. The model
// checks them all in one go and keeps what it would have written itself.
// Source: Saxena, «Prompt Lookup Decoding», 2023.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "llm/llama/loaded_model.h"

namespace beffroi::llm::llama {

// What followed the last place where the end of `text` (3 tokens, else 2) was already seen; at most `longest`, perhaps nothing.
[[nodiscard]] std::vector<Token> looked_up(std::span<const Token> text, std::size_t longest);

}  // namespace beffroi::llm::llama
