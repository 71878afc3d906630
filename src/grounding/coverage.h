// Is anything of a source sentence left unsaid?
//
// The gate lets a sentence leave out a stretch that holds no figure, negation or condition (« …, à déposer à la mairie »): it is not
// false. Who shows the sentence instead of the source must also know that nothing is lost.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace beffroi::grounding {

// True when every word, name and figure of the source is in one of `told`: sentences that passed the gate against it.
[[nodiscard]] bool tells_all(std::string_view source, std::span<const std::string> told);

}  // namespace beffroi::grounding
