// The offers of a set of questions, written for the bench of the engine and for tools/train/model_selector.py: JSON Lines of
// {id, question, passages: [{heading, none?, sentences: [{text, prior, right, p?}]}], wall_s?, prompt?, reused?}.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "answers/ask.h"
#include "answers/offer.h"
#include "answers/question_set.h"
#include "base/result.h"

namespace beffroi::llm {
class SentenceChooser;
}

namespace beffroi::answers {

struct Offers {
  std::size_t windows = kWindows;           // of each question
  llm::SentenceChooser* chooser = nullptr;  // null: the offers only, not what it chooses
};
// Written line by line, so that what was computed stays when it is stopped.
[[nodiscard]] beffroi::Status write_offers(const Answerer::Parts& parts, const std::vector<Labelled>& questions, const Offers& offers,
                                           const std::filesystem::path& out);

}  // namespace beffroi::answers
