#include "llm/fake/fake_chat_model.h"

#include <algorithm>
#include <string_view>

namespace beffroi::llm::fake {

namespace {

std::int64_t words(std::string_view text) {
  std::int64_t count = 0;
  bool inside = false;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank && !inside) ++count;
    inside = !blank;
  }
  return count;
}

// One word and the blank before it.
std::string_view next_piece(std::string_view text) {
  const std::size_t word = text.find_first_not_of(" \n");
  return text.substr(0, word == std::string_view::npos ? text.size() : std::min(text.find_first_of(" \n", word), text.size()));
}

}  // namespace

Result<ChatReply> FakeChatModel::write(const ChatRequest& request, const OnText& on_text, const std::stop_token& stop) {
  {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  const std::string text = BEFFROI_TRY(script_(request, stop));
  ChatReply reply;
  reply.usage.model = model_id();
  reply.usage.prompt_tokens = words(request.instructions) + words(request.material) + words(request.message);
  for (std::string_view left = text; !left.empty();) {
    if (stop.stop_requested()) return fail(Code::cancelled, "La demande a été arrêtée.");
    if (obeys_limit_ && reply.usage.generated_tokens >= request.max_tokens) {
      reply.cut = true;
      break;
    }
    const std::string_view piece = next_piece(left);
    left.remove_prefix(piece.size());
    reply.text += piece;
    reply.usage.generated_tokens += words(piece);
    if (on_text && !on_text(piece)) break;
  }
  reply.usage.cpu_s = 0.01 * static_cast<double>(reply.usage.generated_tokens);
  return reply;
}

std::vector<ChatRequest> FakeChatModel::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

}  // namespace beffroi::llm::fake
