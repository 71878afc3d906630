// The engine at home, in a child of the program: a crash or a hang of it is one clear error and a restart, never a lost server. The queue
// is on this side, so a place is kept whatever happens to the child.
#pragma once

#include <string>

#include "llm/chat_model.h"
#include "llm/queue.h"
#include "llm/sentence_chooser.h"
#include "proc/supervisor.h"

namespace beffroi::llm::worker {

struct WorkerOptions {
  std::string model_id;
  proc::SupervisorOptions child;      // command: this program as `worker llm …`
  int slots = 4;                      // requests read together, at most kMostAtOnce
  int max_waiting = 32;
};

class WorkerModel final : public ChatModel, public SentenceChooser {
 public:
  explicit WorkerModel(WorkerOptions options);

  [[nodiscard]] std::string model_id() const override { return options_.model_id; }
  [[nodiscard]] Status health() const override { return child_.health(); }
  [[nodiscard]] Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override;
  [[nodiscard]] Result<Choosing> choose(const ChoosingRequest& request, const std::stop_token& stop) override;
  void preload(const std::vector<LetteredPassage>& passages, const std::stop_token& stop) override;

  [[nodiscard]] Queue::Load load() const { return queue_.load(); }
  [[nodiscard]] proc::SupervisorState state() const { return child_.state(); }

 private:
  const WorkerOptions options_;
  Queue queue_;
  proc::Supervisor child_;
};

}  // namespace beffroi::llm::worker
