// The sentences of tests/quality/gate in the mouth of a model: what a reader of a rewording sees of the false ones and of the true ones.
#include <doctest/doctest.h>
#include <fmt/core.h>

#include <algorithm>

#include "answers/rewording.h"
#include "grounding/testing/gate_set.h"
#include "llm/fake/fake_chat_model.h"

using namespace beffroi;

namespace {

struct Case {
  bool keep = false;
  std::vector<answers::Sentence> cited;
  std::string written;
};

std::vector<Case> cases() {
  std::vector<Case> out;
  for (auto& read : grounding::testing::read_gate_set(grounding::testing::gate_set_path())) {
    Case one{read.keep, {}, std::move(read.shown)};
    for (auto& source : read.cited) {
      answers::Sentence cited;
      cited.text = std::move(source);
      cited.leans = !one.cited.empty();  // they go to the model together
      one.cited.push_back(std::move(cited));
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace

TEST_CASE("a reader sees no false sentence, and most of the true rewordings") {
  int kept = 0, to_keep = 0, shown = 0, to_catch = 0, lost = 0;
  for (const Case& one : cases()) {
    const auto model =
        std::make_shared<llm::fake::FakeChatModel>([&](const auto&, const auto&) -> Result<std::string> { return one.written; }, false);
    const auto rewording = answers::Rewriter(model).reword(one.cited, {}, {}, {});
    const bool reworded = rewording.reworded > 0;
    (one.keep ? to_keep : to_catch) += 1;
    (one.keep ? kept : shown) += reworded ? 1 : 0;
    // Each source sentence is there, in its own words or as what a reworded one was made from.
    for (const auto& source : one.cited) {
      const auto tells = [&](const answers::Sentence& sentence) {
        return (sentence.verbatim ? sentence.text : sentence.original).find(source.text) != std::string::npos;
      };
      if (std::none_of(rewording.sentences.begin(), rewording.sentences.end(), tells)) ++lost;
    }
  }
  fmt::print("rewording: false shown {} / {}, true kept {} / {}, source sentences lost {}\n", shown, to_catch, kept, to_keep, lost);
  CHECK(shown * 100 <= to_catch);
  CHECK(kept * 100 >= to_keep * 80);
  CHECK(lost == 0);
}
