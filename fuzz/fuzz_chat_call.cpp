// Any bytes as the body of POST /v1/chat/completions: what is taken is within its bounds, and no stop of it is ever shown, however the reply
// is cut in pieces.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "usecases/gateway/chat_call.h"
#include "usecases/gateway/stop_words.h"

namespace {

using namespace beffroi::gateway;

std::size_t first_stop(std::string_view reply, const ChatCall& call) {
  std::size_t first = std::string_view::npos;
  for (const std::string& stop : call.stops) first = std::min(first, reply.find(stop));
  return first;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto call = chat_call_of(body);
  if (!call) return 0;
  check(!call->model.empty() && call->conversation.bytes() <= kMostConversationBytes);
  check(call->max_tokens >= 1 && call->max_tokens <= kMostReplyTokens && call->stops.size() <= kMostStops);
  // The body itself serves as the reply of a model, cut in pieces of 1 to 7 bytes.
  StopWords stops(call->stops);
  std::string shown;
  for (std::size_t at = 0, piece = 1; at < body.size() && !stops.met(); at += piece, piece = piece % 7 + 1)
    shown += stops.feed(body.substr(at, piece));
  shown += stops.finish();
  check(shown == body.substr(0, first_stop(body, *call)));
  return 0;
}
