#include "llm/queued_model.h"

#include <algorithm>
#include <chrono>

#include "base/waiting.h"

namespace beffroi::llm {

Result<ChatReply> QueuedModel::write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) {
  using std::chrono::milliseconds;
  const Waiting elsewhere;
  const Queue::Turn turn = BEFFROI_TRY(queue_.enter(request.place, stop));
  ChatRequest asked = request;
  asked.place.deadline -= std::chrono::duration_cast<milliseconds>(std::chrono::duration<double>(turn.queued_s()));
  asked.place.deadline = std::max(asked.place.deadline, milliseconds(1));
  ChatReply reply = BEFFROI_TRY(model_->write(asked, on_text, stop));
  reply.usage.queued_s += turn.queued_s();
  return reply;
}

}  // namespace beffroi::llm
