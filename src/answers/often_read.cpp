#include "answers/often_read.h"

#include <algorithm>

namespace beffroi::answers {

namespace {

std::string text_of(const llm::LetteredPassage& passage) {
  std::string text = passage.heading;
  for (const auto& sentence : passage.sentences) text += '\n' + sentence;
  return text;
}

}  // namespace

void OftenRead::saw(const std::vector<llm::LetteredPassage>& passages) {
  const std::lock_guard lock(mutex_);
  last_ = std::chrono::steady_clock::now();
  for (const auto& passage : passages) {
    Known& known = known_[text_of(passage)];
    if (known.seen++ == 0) known.passage = passage;
  }
  if (known_.size() > kMostKnown) std::erase_if(known_, [](const auto& one) { return one.second.seen < kOften; });
  if (known_.size() > kMostKnown) known_.clear();
}

std::vector<llm::LetteredPassage> OftenRead::next(std::size_t count) {
  const std::lock_guard lock(mutex_);
  std::vector<Known*> often;
  for (auto& [text, known] : known_) {
    if (known.seen >= kOften && !known.given) often.push_back(&known);
  }
  std::stable_sort(often.begin(), often.end(), [](const Known* a, const Known* b) { return a->seen > b->seen; });
  if (often.size() > count) often.resize(count);
  std::vector<llm::LetteredPassage> out;
  for (Known* known : often) {
    known->given = true;
    out.push_back(known->passage);
  }
  return out;
}

std::chrono::steady_clock::duration OftenRead::quiet() const {
  const std::lock_guard lock(mutex_);
  return std::chrono::steady_clock::now() - last_;
}

}  // namespace beffroi::answers
