// Sentences being chosen: each passage is read after the instructions in a sequence of its own, as if it were alone, so the state kept
// for it is exactly what reading it again would give; the question is read after each, with it when it was not kept.
#pragma once

#include <string>
#include <vector>

#include "llm/llama/task.h"
#include "llm/sentence_chooser.h"

namespace beffroi::llm::llama {

class ChooseTask : public Task {
 public:
  // An empty question: the passages are only read, and kept.
  ChooseTask(const LoadedModel& model, const ChoosingRequest& request);

  // After the end, for each passage.
  [[nodiscard]] const std::vector<Choosing::OfPassage>& chosen() const { return chosen_; }

  [[nodiscard]] std::size_t cells() const override;
  [[nodiscard]] std::size_t sequences() const override { return passages_.size() + 1; }
  void begin(const Bench& bench, std::span<const int> sequences) override;
  void on_read(const Bench& bench, Strand& strand, std::span<const Row> rows) override;
  [[nodiscard]] bool finished() const override { return unfinished_ == 0; }

 private:
  struct Passage {
    std::vector<Token> tokens;
    std::size_t sentences = 0;
    std::string key;
    bool was_read = false;
  };
  void read_question(Strand& strand);
  void keep_passage(const Bench& bench, Strand& strand, Passage& passage);
  void share_instructions(const Bench& bench);
  [[nodiscard]] Choosing::OfPassage choice_of(Row row, std::size_t sentences) const;

  std::vector<Token> instructions_;
  std::string instructions_key_;
  std::vector<Passage> passages_;    // passages_[i] is in strands[i + 1]; strands[0] reads the instructions when one needs them
  std::vector<Token> question_;      // empty: nothing is asked
  std::vector<Token> letters_;       // the token of each letter, then that of none
  std::vector<Choosing::OfPassage> chosen_;
  std::size_t unfinished_ = 0;
};

}  // namespace beffroi::llm::llama
