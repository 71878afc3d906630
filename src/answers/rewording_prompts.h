// What the model is told, for each style: the same words every time, so that their state is read once.
#pragma once

#include <string_view>

#include "answers/rewording.h"

namespace beffroi::answers {

[[nodiscard]] std::string_view instructions_for(Style style);

// Around the sentences to reword, and after them.
inline constexpr std::string_view kTextBegins = "<texte>\n";
inline constexpr std::string_view kTextEnds = "</texte>";
inline constexpr std::string_view kReword = "Réécris le texte.";

}  // namespace beffroi::answers
