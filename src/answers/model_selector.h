// The selector that asks a language model too: it names sentences of the passages offered and nothing else, and what it says weighs
// beside what the trained selector says, as measured (docs/quality.md). It takes seconds where the trained one takes milliseconds, so it
// answers only when the reader asks for more (Question::thorough).
#pragma once

#include <chrono>
#include <memory>
#include <vector>

#include "answers/ask.h"
#include "answers/often_read.h"
#include "llm/sentence_chooser.h"

namespace beffroi::answers {

class ModelSelector final : public Selector {
 public:
  explicit ModelSelector(std::shared_ptr<llm::SentenceChooser> chooser);  // not null

  [[nodiscard]] Result<Chosen> choose(const Offer& offer, const std::stop_token& stop) const override;
  void pass_by(const Offer& offer) const override;

  // When nobody has asked anything for `quiet`, the model reads up to `most` of the passages that questions come back to; it stops as soon
  // as somebody asks. How many were given to it.
  std::size_t read_ahead(std::size_t most, std::chrono::seconds quiet, const std::stop_token& stop) const;

 private:
  const std::shared_ptr<llm::SentenceChooser> chooser_;
  mutable OftenRead often_;
};

// 0 to 1. `prior`: of the trained selector; `letter` and `none`: of the model, in its passage.
[[nodiscard]] double weighed(double prior, double letter, double none);

}  // namespace beffroi::answers
