// A model served elsewhere, behind the privacy gate: what goes out is masked (or refused), what comes back is restored, streamed or not.
//
// The message is what a person typed, with what was said before: it follows the policy, and so do instructions that a person typed. The material goes along masked, as a public act (officials stay named). Other
// instructions and the grammar are the program's own words and go as they are. Pseudonyms live as long as one request.
#pragma once

#include <memory>

#include "llm/chat_model.h"
#include "privacy/gate.h"

namespace beffroi::privacy {

// Errors besides the model's: Code::denied when the policy refuses, and the detector's own; the model has then been sent nothing.
[[nodiscard]] std::unique_ptr<llm::ChatModel> guarded(std::unique_ptr<llm::ChatModel> model, Gate gate);

}  // namespace beffroi::privacy
