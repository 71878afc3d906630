// A reply being written, greedily, under a grammar when there is one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "llm/chat_model.h"
#include "llm/llama/lookup.h"
#include "llm/llama/task.h"

struct llama_sampler;

namespace beffroi::llm::llama {

class WriteTask : public Task {
 public:
  struct Options {
    bool lookup = true;   // try what the sources say next
  };
  WriteTask(const LoadedModel& model, const ChatRequest& request, Options options);
  ~WriteTask() override;

  // False when the grammar cannot be read.
  [[nodiscard]] bool grammar_holds() const { return grammar_holds_; }
  [[nodiscard]] bool cut() const { return cut_; }

  [[nodiscard]] std::size_t cells() const override;
  [[nodiscard]] std::size_t sequences() const override { return 1; }
  void begin(const Bench& bench, std::span<const int> sequences) override;
  void on_read(const Bench& bench, Strand& strand, std::span<const Row> rows) override;
  [[nodiscard]] bool finished() const override { return finished_; }

 private:
  void read_message(Strand& strand);
  void read_again(const Bench& bench, Strand& strand, std::size_t kept);
  [[nodiscard]] Token pick(Row row);
  bool accept(const LoadedModel& model, Token token);  // false: it was the last
  void say(const std::string& piece);

  const Options options_;
  const std::size_t max_tokens_;
  std::vector<Token> opening_;   // instructions and material: what may be kept
  std::vector<Token> message_;
  Lookup lookup_;
  Token last_ = 0;               // written
  std::string key_;
  std::string half_;             // bytes of a character not whole yet
  std::size_t written_ = 0;
  bool finished_ = false;
  bool cut_ = false;
  bool grammar_holds_ = true;
  llama_sampler* grammar_ = nullptr;
};

}  // namespace beffroi::llm::llama
