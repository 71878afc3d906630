#include "llm/llama/lookup.h"

#include <doctest/doctest.h>

#include "llm/llama/whole_characters.h"

using beffroi::llm::llama::looked_up;
using beffroi::llm::llama::Token;
using beffroi::llm::llama::whole_characters;

TEST_CASE("what followed last time, the longest match first, the latest place") {
  const std::vector<Token> text = {1, 2, 3, 4, 5, 9, 2, 3, 7, 8, 1, 2, 3};
  CHECK(looked_up(text, 2) == std::vector<Token>{4, 5});           // 1 2 3 was seen at the start
  const std::vector<Token> pair = {2, 3, 4, 9, 2, 3, 7, 8, 6, 2, 3};
  CHECK(looked_up(pair, 3) == std::vector<Token>{7, 8, 6});        // 2 3, the latest
  CHECK(looked_up(std::vector<Token>{1, 2, 3}, 5).empty());
  CHECK(looked_up(std::vector<Token>{}, 5).empty());
  CHECK(looked_up(text, 0).empty());
}

TEST_CASE("a character is shown whole") {
  CHECK(whole_characters("été") == 5);
  CHECK(whole_characters("\xC3") == 0);
  CHECK(whole_characters("a\xE2\x82") == 1);
  CHECK(whole_characters("a\xE2\x82\xAC") == 4);
  CHECK(whole_characters("\xF0\x9F\x98") == 0);
  CHECK(whole_characters("\x80\x80\x80\x80") == 4);
  CHECK(whole_characters("") == 0);
}
