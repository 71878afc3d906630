// What a program asks of POST /v1/chat/completions, read and checked. What the engine cannot do is refused, never left out in silence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/chat_model.h"

namespace beffroi::gateway {

inline constexpr std::int64_t kMostReplyTokens = 4096, kUsualReplyTokens = 512;
inline constexpr std::size_t kMostMessages = 200, kMostStops = 4, kMostStopBytes = 200;
inline constexpr std::size_t kMostConversationBytes = 256 << 10;

// The conversation in the order of its turns, whatever the roles' order was: system texts together, then exchanges, then the last message.
struct Conversation {
  std::string instructions;
  std::vector<llm::Exchange> earlier;
  std::string message;
  [[nodiscard]] std::size_t bytes() const;
};

// "beffroi": {"retrieval": true, "proof": true, "conditions": […], "audiences": […]}
struct Retrieval {
  bool wanted = false;
  std::vector<std::string> conditions, audiences;
};

struct ChatCall {
  std::string model;
  Conversation conversation;
  bool stream = false;
  bool counts = false;                 // stream_options.include_usage
  std::int64_t max_tokens = kUsualReplyTokens;
  std::vector<std::string> stops;
  Retrieval retrieval;
};

// Code::invalid_argument with the member at fault (fault.h); Code::too_large.
[[nodiscard]] Result<ChatCall> chat_call_of(std::string_view body);

}  // namespace beffroi::gateway
