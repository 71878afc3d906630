// « Faire authentifier sa signature » and « authentifier sa signature » have the same words and are not done by the same person.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "grounding/gate.h"

namespace beffroi::grounding {

// True when what one side has done by somebody else (« faire » before an infinitive) the other, where it uses that verb, has too.
[[nodiscard]] bool same_causatives(std::string_view sentence, std::span<const CitedSentence> cited);

}  // namespace beffroi::grounding
