#include "answers/model_selector.h"

#include <doctest/doctest.h>

#include <memory>

using namespace beffroi;
using namespace beffroi::answers;

namespace {

// Prefers the last sentence of each passage.
class LastOne final : public llm::SentenceChooser {
 public:
  std::string model_id() const override { return "fake"; }
  Result<llm::Choosing> choose(const llm::ChoosingRequest& request, const std::stop_token&) override {
    asked = request;
    if (fails) return fail(Code::unavailable, "Le modèle dort.");
    llm::Choosing choosing;
    for (const auto& passage : request.passages) {
      llm::Choosing::OfPassage one{std::vector<double>(passage.sentences.size(), 0.01), 0.1};
      one.sentences.back() = 0.8;
      choosing.passages.push_back(std::move(one));
    }
    choosing.usage.model = "fake";
    return choosing;
  }
  void preload(const std::vector<llm::LetteredPassage>& passages, const std::stop_token&) override { read_ahead = passages; }

  llm::ChoosingRequest asked;
  std::vector<llm::LetteredPassage> read_ahead;
  bool fails = false;
};

Offer offer() {
  return {"Combien de jours ?",
          "demo",
          {{"Naissance › Délai", {{4, "Obligatoire.", 0.3}, {5, "Cinq jours.", 0.2}}}, {"Mariage", {{9, "Public.", 0.1}}}}};
}

}  // namespace

TEST_CASE("what the model prefers weighs beside the trained selector, by the numbers of the offer") {
  const auto chooser = std::make_shared<LastOne>();
  const auto chosen = ModelSelector(chooser).choose(offer(), {});
  REQUIRE(chosen);
  REQUIRE(chosen->choices.size() == 3);
  CHECK(chosen->choices[1].number == 5);
  CHECK(chosen->choices[1].probability > chosen->choices[0].probability);
  CHECK(chosen->choices[2].number == 9);
  CHECK(chosen->usage.model == "fake");
  CHECK(chooser->asked.place.commune == "demo");
  CHECK(chooser->asked.passages[0].heading == "Naissance › Délai");
}

TEST_CASE("a model that fails chooses nothing") {
  const auto chooser = std::make_shared<LastOne>();
  chooser->fails = true;
  const auto chosen = ModelSelector(chooser).choose(offer(), {});
  REQUIRE_FALSE(chosen);
  CHECK(chosen.error().code == Code::unavailable);
}

TEST_CASE("the weight grows with each of what is known") {
  CHECK(weighed(0.5, 0.5, 0.2) > weighed(0.2, 0.5, 0.2));
  CHECK(weighed(0.5, 0.5, 0.2) > weighed(0.5, 0.1, 0.2));
  CHECK(weighed(0.5, 0.5, 0.2) > weighed(0.5, 0.5, 0.9));
  CHECK(weighed(0, 0, 1) >= 0);
  CHECK(weighed(1, 1, 0) <= 1);
}

TEST_CASE("passages that questions come back to are read ahead, when all is quiet only") {
  const auto chooser = std::make_shared<LastOne>();
  const ModelSelector selector(chooser);
  selector.pass_by(offer());
  selector.pass_by(offer());
  CHECK(selector.read_ahead(8, std::chrono::seconds(60), {}) == 0);
  CHECK(chooser->read_ahead.empty());
  CHECK(selector.read_ahead(8, std::chrono::seconds(0), {}) == 2);
  REQUIRE(chooser->read_ahead.size() == 2);
  CHECK(chooser->read_ahead[0].sentences.size() + chooser->read_ahead[1].sentences.size() == 3);
  CHECK(selector.read_ahead(8, std::chrono::seconds(0), {}) == 0);  // once
}
