// A model writes bytes: a character may come in several pieces.
#pragma once

#include <cstddef>
#include <string_view>

namespace beffroi::llm::llama {

// How many bytes of `text` are whole UTF-8 characters; what follows may still become one. Bytes that can never become one are
// counted: the caller's check of what it shows refuses them.
[[nodiscard]] inline std::size_t whole_characters(std::string_view text) {
  for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if (byte < 0x80) return text.size();
    if (byte < 0xC0) continue;
    const std::size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2;
    return length > back ? text.size() - back : text.size();
  }
  return text.size();
}

}  // namespace beffroi::llm::llama
