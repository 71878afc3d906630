#include "llm/llama/lookup.h"

#include <doctest/doctest.h>

#include "llm/llama/whole_characters.h"

using beffroi::llm::llama::Lookup;
using beffroi::llm::llama::Token;
using beffroi::llm::llama::whole_characters;

namespace {

std::vector<Token> next_after(Lookup& lookup, const std::vector<Token>& reply) {
  for (const Token token : reply) lookup.wrote(token);
  return {lookup.next().begin(), lookup.next().end()};
}

}  // namespace

TEST_CASE("what follows in the source, from the first word copied") {
  Lookup lookup({1, 2, 3, 4, 5});
  CHECK(lookup.next().empty());
  CHECK(next_after(lookup, {1}) == std::vector<Token>{2, 3, 4, 5});
  CHECK(next_after(lookup, {2, 3}) == std::vector<Token>{4, 5});
  CHECK(next_after(lookup, {4, 5}).empty());
}

TEST_CASE("a word changed does not lose the place; a longer match wins over a nearer one") {
  Lookup changed({1, 2, 3, 4, 5, 6, 7});
  CHECK(next_after(changed, {1, 2, 99}).empty());            // nothing tells yet
  CHECK(next_after(changed, {4}) == std::vector<Token>{5, 6, 7});

  Lookup twice({8, 1, 2, 30, 9, 9, 1, 2, 40});
  CHECK(next_after(twice, {8, 1, 2}) == std::vector<Token>{30, 9, 9, 1, 2, 40});
  CHECK(next_after(twice, {7, 9, 1, 2}) == std::vector<Token>{40});
}

TEST_CASE("a single word far away says nothing") {
  std::vector<Token> source(40, 5);
  source.back() = 6;
  Lookup lookup(source);
  CHECK(next_after(lookup, {6}).empty());
}

TEST_CASE("its odds follow what was right in this reply") {
  Lookup lookup({1, 2, 3, 4, 5, 6, 7, 8});
  const double before = lookup.odds();
  next_after(lookup, {1, 2, 3});
  const double copied = lookup.odds();
  CHECK(copied > before);
  next_after(lookup, {50, 5, 51, 7, 52});
  CHECK(lookup.odds() < copied);
  CHECK(lookup.odds() > 0);
  CHECK(lookup.odds() < 1);
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
