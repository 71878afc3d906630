// The selector that asks a language model too: it names sentences of the passages offered and nothing else, and what it says weighs
// beside what the trained selector says, as measured (docs/quality.md). It takes seconds where the trained one takes milliseconds, so it
// answers only when the reader asks for more (Question::thorough).
#pragma once

#include <memory>
#include <vector>

#include "answers/ask.h"
#include "llm/sentence_chooser.h"

namespace beffroi::answers {

class ModelSelector final : public Selector {
 public:
  explicit ModelSelector(std::shared_ptr<llm::SentenceChooser> chooser);  // not null

  [[nodiscard]] Result<Chosen> choose(const Offer& offer, const std::stop_token& stop) const override;

 private:
  const std::shared_ptr<llm::SentenceChooser> chooser_;
};

// 0 to 1. `prior`: of the trained selector; `letter` and `none`: of the model, in its passage.
[[nodiscard]] double weighed(double prior, double letter, double none);

}  // namespace beffroi::answers
