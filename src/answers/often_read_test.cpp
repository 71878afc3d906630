#include "answers/often_read.h"

#include <doctest/doctest.h>

using beffroi::answers::OftenRead;
using beffroi::llm::LetteredPassage;

namespace {

LetteredPassage passage(const std::string& name) { return {name, {"Une phrase de " + name + "."}}; }

}  // namespace

TEST_CASE("what questions come back to is given once, the most asked first") {
  OftenRead often;
  often.saw({passage("naissance"), passage("mariage")});
  CHECK(often.next(10).empty());  // seen once
  often.saw({passage("mariage")});
  often.saw({passage("naissance"), passage("mariage")});
  CHECK(often.next(1).at(0).heading == "mariage");
  CHECK(often.next(10).at(0).heading == "naissance");
  CHECK(often.next(10).empty());
  LetteredPassage changed = passage("mariage");
  changed.sentences.push_back("Une règle de plus.");
  often.saw({changed});
  often.saw({changed});
  CHECK(often.next(10).at(0).sentences.size() == 2);  // another text is another passage
}

TEST_CASE("it never knows more than its bound") {
  OftenRead often;
  for (std::size_t i = 0; i < 3 * OftenRead::kMostKnown; ++i) often.saw({passage("p" + std::to_string(i)), passage("souvent")});
  CHECK(often.next(10 * OftenRead::kMostKnown).size() <= OftenRead::kMostKnown);
}
