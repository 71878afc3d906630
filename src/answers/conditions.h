// Condition paths: which case a question tells of, and what to ask when it does not tell.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "answers/answer.h"
#include "answers/reading.h"

namespace beffroi::answers {

// « Cas général », « En France métropolitaine »: what holds when nobody says otherwise.
[[nodiscard]] bool is_default_case(std::string_view label);

// True for a title about a particular case (a minor, a civil servant, abroad, a handicap…) of which the question says nothing.
[[nodiscard]] bool tells_other_case(std::string_view title, const Reading& reading);

// How well a case fits a question: 1 when the question tells it (« à l’étranger », « mon fils de 16 ans » for « Entre 15 et 17 ans »),
// -1 when it tells the contrary (« 16 ans » for « À partir de 18 ans »), 0 when it says nothing of it.
[[nodiscard]] int fit(std::string_view label, const Reading& reading, std::string_view question);

// The question to ask the reader, in French, from the labels of the cases: « Êtes-vous majeur ? », « Dans quel cas êtes-vous ? ».
[[nodiscard]] Precision precision_among(const std::vector<std::string>& labels);

}  // namespace beffroi::answers
