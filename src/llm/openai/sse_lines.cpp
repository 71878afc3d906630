#include "llm/openai/sse_lines.h"

#include <utility>

namespace beffroi::llm::openai {

std::vector<std::string> SseLines::feed(std::string_view bytes) {
  std::vector<std::string> events;
  for (const char c : bytes) {
    const bool second_half = c == '\n' && after_return_;
    after_return_ = c == '\r';
    if (second_half) continue;
    if (c != '\n' && c != '\r') {
      partial_ += c;
      continue;
    }
    line(partial_, events);
    partial_.clear();
  }
  return events;
}

void SseLines::line(std::string_view text, std::vector<std::string>& events) {
  if (text.empty()) {
    if (has_data_) events.push_back(std::exchange(data_, {}));
    has_data_ = false;
    return;
  }
  constexpr std::string_view kField = "data";
  if (!text.starts_with(kField)) return;
  text.remove_prefix(kField.size());
  if (!text.empty() && text.front() != ':') return;  // another field: « dataset: … »
  if (!text.empty()) text.remove_prefix(1);
  if (text.starts_with(' ')) text.remove_prefix(1);
  if (has_data_) data_ += '\n';
  data_ += text;
  has_data_ = true;
}

}  // namespace beffroi::llm::openai
