// The passages that questions come back to, so that a model may read them while nobody asks anything. In memory only, a count for each
// passage and no word of a question. Thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "llm/sentence_chooser.h"

namespace beffroi::answers {

class OftenRead {
 public:
  static constexpr std::size_t kMostKnown = 1000;  // beyond, those seen once are forgotten
  static constexpr int kOften = 2;                 // seen less, a passage may never be asked for again

  void saw(const std::vector<llm::LetteredPassage>& passages);

  // Those seen kOften times at least, most seen first, at most `count`; each is given once.
  [[nodiscard]] std::vector<llm::LetteredPassage> next(std::size_t count);

  // Since the last question.
  [[nodiscard]] std::chrono::steady_clock::duration quiet() const;

 private:
  struct Known {
    llm::LetteredPassage passage;
    int seen = 0;
    bool given = false;
  };
  mutable std::mutex mutex_;
  std::map<std::string, Known> known_;  // by its whole text: a passage that changed is another
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

}  // namespace beffroi::answers
