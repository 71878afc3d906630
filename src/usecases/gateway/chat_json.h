// Replies of POST /v1/chat/completions, whole or in pieces, as OpenAI's clients read them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "llm/usage.h"

namespace beffroi::gateway {

// What all the pieces of one reply bear.
struct Completion {
  std::string id;               // « chatcmpl-… »
  std::int64_t created_s = 0;   // since 1970
  std::string model;
};

struct Ended {
  std::string_view reason;      // "stop", "length"
  llm::Usage usage;             // tokens not known: null, never 0
  std::string beffroi;          // JSON object of the extension member
};

[[nodiscard]] std::string completion_json(const Completion& completion, std::string_view text, const Ended& ended);

[[nodiscard]] std::string first_chunk_json(const Completion& completion);
[[nodiscard]] std::string chunk_json(const Completion& completion, std::string_view text);
[[nodiscard]] std::string last_chunk_json(const Completion& completion, const Ended& ended);
[[nodiscard]] std::string usage_chunk_json(const Completion& completion, const llm::Usage& usage);

}  // namespace beffroi::gateway
