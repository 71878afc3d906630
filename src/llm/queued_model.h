// A model behind a bounded fair queue (queue.h): what is served elsewhere is asked by as many at once as the administrator allows, and the
// others wait in their turn instead of being turned away by it.
#pragma once

#include <memory>

#include "llm/chat_model.h"
#include "llm/queue.h"

namespace beffroi::llm {

class QueuedModel final : public ChatModel {
 public:
  QueuedModel(std::unique_ptr<ChatModel> model, int slots, int max_waiting)  // model not null
      : model_(std::move(model)), queue_(slots, max_waiting) {}

  [[nodiscard]] std::string model_id() const override { return model_->model_id(); }
  [[nodiscard]] Status health() const override { return model_->health(); }
  // The deadline of the request covers the wait too.
  [[nodiscard]] Result<ChatReply> write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) override;

 private:
  const std::unique_ptr<ChatModel> model_;
  Queue queue_;
};

}  // namespace beffroi::llm
