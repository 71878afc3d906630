// Is a sentence the source's own words?
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "grounding/gate.h"

namespace beffroi::grounding {

// A text without what does not change its words: kinds of spaces, apostrophes and quotes, the final stop, the case of the first letter.
[[nodiscard]] std::string bare(std::string_view text);

// True when the sentence is one whole cited sentence, or several whole consecutive ones. Part of a sentence is not verbatim: what was
// cut off may have been its condition.
[[nodiscard]] bool is_verbatim(std::string_view sentence, std::span<const CitedSentence> cited);

}  // namespace beffroi::grounding
