// What the server and `beffroi worker llm` say to each other: one JSON text a request, one a part of the answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "llm/chat_model.h"
#include "llm/sentence_chooser.h"

namespace beffroi::llm::worker {

struct PreloadRequest {
  std::vector<LetteredPassage> passages;
};
using Request = std::variant<ChatRequest, ChoosingRequest, PreloadRequest>;

[[nodiscard]] std::string encode(const ChatRequest& request);
[[nodiscard]] std::string encode(const ChoosingRequest& request);
[[nodiscard]] std::string encode(const PreloadRequest& request);
// Code::bad_input: the two ends are not of the same version. Places keep their deadline only.
[[nodiscard]] Result<Request> decode_request(std::string_view message);

// A piece of a reply, or the end of an answer.
struct Part {
  std::string text;
  std::optional<ChatReply> reply;      // its text is the pieces that came before
  std::optional<Choosing> choosing;
};
[[nodiscard]] std::string encode_piece(std::string_view piece);
[[nodiscard]] std::string encode_end(const ChatReply& reply);
[[nodiscard]] std::string encode_end(const Choosing& choosing);
[[nodiscard]] Result<Part> decode_part(std::string_view message);

}  // namespace beffroi::llm::worker
