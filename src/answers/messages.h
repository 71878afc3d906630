// What Beffroi says in its own name: one or two sentences around the answer, never a fact of the sources.
#pragma once

#include <string>

#include "answers/answer.h"
#include "answers/intent.h"
#include "base/result.h"
#include "knowledge/corpus.h"

namespace beffroi::answers {

[[nodiscard]] std::string message_for(Status status);
[[nodiscard]] std::string message_for(Intent intent);   // an intent that is not a plain question
[[nodiscard]] std::string message_for_emergency();
// A model was asked and did not help: too many before it, a fault, or nothing to choose from (`fault` null).
[[nodiscard]] std::string message_without_model(const Error* fault);
// « base de novembre 2020 »: always says something.
[[nodiscard]] std::string notice_of(const knowledge::CorpusInfo& info);

}  // namespace beffroi::answers
