// What the model is told, for each style: the same words every time, so that their state is read once.
#pragma once

#include <string_view>

#include "answers/rewording.h"
#include "llm/chat_model.h"

namespace beffroi::answers {

// `text`: the sentences, one a line. Its place in the queue is left to the caller.
[[nodiscard]] llm::ChatRequest rewording_of(std::string_view text, Style style);

}  // namespace beffroi::answers
