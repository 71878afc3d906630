// For tests: a model that writes what a script says, faithful or lying, piece by piece. It counts words as tokens, cuts at max_tokens
// unless told not to, and remembers what it was asked. Thread-safe as far as its script is.
#pragma once

#include <functional>
#include <mutex>
#include <vector>

#include "llm/chat_model.h"

namespace beffroi::llm::fake {

class FakeChatModel final : public ChatModel {
 public:
  using Script = std::function<Result<std::string>(const ChatRequest& request, const std::stop_token& stop)>;

  explicit FakeChatModel(Script script, bool obeys_limit = true) : script_(std::move(script)), obeys_limit_(obeys_limit) {}

  [[nodiscard]] std::string model_id() const override { return "fake"; }
  [[nodiscard]] Status health() const override { return health_; }
  [[nodiscard]] Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override;

  void set_health(Status health) { health_ = std::move(health); }  // before the model is shared
  [[nodiscard]] std::vector<ChatRequest> requests() const;

 private:
  Script script_;
  bool obeys_limit_;
  Status health_;
  mutable std::mutex mutex_;
  std::vector<ChatRequest> requests_;
};

}  // namespace beffroi::llm::fake
