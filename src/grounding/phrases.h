// The words that turn a true sentence into a false one: negations, modals, conditions, exceptions, comparators…, each phrase with what it
// means, so that « il est interdit de » and « vous ne pouvez pas » are compared as one thing.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "text/tokens.h"

namespace beffroi::grounding {

enum class Mark { none, negation, modal, condition, exception, restriction, comparator, time, alternative, extent };

struct Meaning {
  Mark mark = Mark::none;
  std::string_view key;
};

struct Phrase {
  Meaning first;
  Meaning second;               // Mark::none for most; « interdit » is a negation then a modal
  std::size_t length = 0;       // tokens
};

// The longest phrase that starts at token `at`.
[[nodiscard]] std::optional<Phrase> phrase_at(const std::vector<text::Token>& tokens, std::size_t at);

}  // namespace beffroi::grounding
