// French numbers written in words: « quatre-vingt-dix », « deux mille cinq cents », « troisième ».
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "text/tokens.h"

namespace beffroi::text {

struct NumberInWords {
  std::int64_t value = 0;
  std::size_t next = 0;   // first token after it
  bool ordinal = false;
  bool article = false;   // a lone « un » or « une », which most often counts nothing
};

// The longest number that starts at `at`; none when the token is no number. « neuf » counts only before a plural or a unit of time.
[[nodiscard]] std::optional<NumberInWords> number_in_words(const std::vector<Token>& tokens, std::size_t at);

}  // namespace beffroi::text
