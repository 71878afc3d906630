// The rules behind read_intent, kept apart because they are what a town hall may want to read and discuss.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "answers/intent.h"

namespace beffroi::answers {

// The first rule that applies to the words of the question; none for a plain question.
[[nodiscard]] std::optional<Intent> intent_by_rules(const std::vector<std::string>& words, std::string_view question);

}  // namespace beffroi::answers
