// A ChatRequest in the words of the chat completions API.
#pragma once

#include <string>

#include "llm/chat_model.h"
#include "llm/openai/openai_model.h"

namespace beffroi::llm::openai {

// Instructions first, then the material, then the message: what does not change comes first, so that the upstream may reuse it.
[[nodiscard]] std::string request_body(const Options& options, const ChatRequest& request);

}  // namespace beffroi::llm::openai
