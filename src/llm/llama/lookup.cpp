#include "llm/llama/lookup.h"

#include <algorithm>

namespace beffroi::llm::llama {

std::vector<Token> looked_up(std::span<const Token> text, std::size_t longest) {
  for (const std::size_t length : {std::size_t{3}, std::size_t{2}}) {
    if (text.size() <= length) continue;
    const auto ending = text.last(length);
    for (std::size_t at = text.size() - length; at-- > 0;) {
      if (!std::equal(ending.begin(), ending.end(), text.begin() + static_cast<std::ptrdiff_t>(at))) continue;
      const auto after = text.subspan(at + length);
      const auto found = after.first(std::min(longest, after.size()));
      return {found.begin(), found.end()};
    }
  }
  return {};
}

}  // namespace beffroi::llm::llama
