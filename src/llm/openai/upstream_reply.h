// What an upstream wrote, put together and checked: an upstream may lie, and half a reply must never pass for a whole one.
//
// Faults are Code::bad_input (not what the protocol says) or Code::unavailable (the upstream says that it failed). Not thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "json/reader.h"
#include "llm/usage.h"

namespace beffroi::llm::openai {

class UpstreamReply {
 public:
  // One event of a stream. The text it adds, valid UTF-8; may be empty.
  [[nodiscard]] Result<std::string> event(std::string_view data);

  // The one answer of an upstream that does not stream.
  [[nodiscard]] Status whole(std::string_view body);

  [[nodiscard]] bool ended() const { return ended_; }        // the upstream said that the text is complete
  [[nodiscard]] bool done() const { return done_; }          // nothing more will come
  [[nodiscard]] bool cut() const { return cut_; }            // max_tokens was reached
  [[nodiscard]] std::int64_t pieces() const { return pieces_; }  // how many times it wrote, thinking included
  [[nodiscard]] const std::string& text() const { return text_; }

  // Adds the upstream's own count, when it gave one that can be true.
  void count_into(Usage& usage) const;

 private:
  [[nodiscard]] Result<std::string> choice_of(const json::Node& root, std::string_view holder);
  [[nodiscard]] Status end_of(const json::Node& choice);
  void read_usage(const json::Node& root);

  std::string text_;
  std::int64_t pieces_ = 0;
  std::int64_t prompt_tokens_ = -1, reused_tokens_ = 0, generated_tokens_ = -1;  // -1: not said
  bool ended_ = false, done_ = false, cut_ = false;
};

// Whether the body of a refusal says that the request does not fit the model's context.
[[nodiscard]] bool says_too_long(std::string_view body);

}  // namespace beffroi::llm::openai
