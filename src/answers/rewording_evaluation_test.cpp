#include "answers/rewording_evaluation.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>

#include "answers/fake/fake_corpus.h"
#include "base/testing.h"
#include "llm/fake/fake_chat_model.h"

using namespace beffroi;
using namespace beffroi::answers;
using beffroi::testing::TemporaryFolder;

namespace {

constexpr std::string_view kRule = "La déclaration de naissance doit être faite à la mairie dans les 5 jours qui suivent l'accouchement.";
constexpr std::string_view kMoved = "Dans les 5 jours qui suivent l'accouchement, la déclaration de naissance doit être faite à la mairie.";
constexpr std::string_view kFalse = "La déclaration de naissance doit être faite à la mairie dans les 8 jours qui suivent l'accouchement.";

RewordingFigures measured(std::string_view written, const std::filesystem::path& out = {}) {
  knowledge::Publication birth;
  birth.id = "F961";
  birth.kind = "fiche";
  birth.title = "Déclaration de naissance";
  birth.date = "2020-02-03";
  knowledge::Block rule;
  rule.text = kRule;
  birth.passages.push_back({"F961#p0", {"Délai de déclaration"}, {}, {rule}});
  const Answerer answerer({fake::make_corpus({birth}, {}), nullptr, nullptr, {}});
  const auto model = std::make_shared<llm::fake::FakeChatModel>(
      [&](const auto&, const auto&) -> Result<std::string> { return std::string(written); }, false);
  Labelled question;
  question.id = "q";
  question.question = "Sous combien de jours déclarer une naissance ?";
  const auto figures = run_rewordings(answerer, Rewriter(model), {question}, {Style::plain, out});
  REQUIRE(figures);
  return *figures;
}

}  // namespace

TEST_CASE("what the check let pass, what is the source's own words and what was refused are told apart, with the reasons") {
  const RewordingFigures moved = measured(kMoved);
  CHECK(moved.answers == 1);
  CHECK(moved.sources == 1);
  CHECK(moved.written == 1);
  CHECK(moved.accepted == 1);
  CHECK(moved.told == 1);
  const RewordingFigures copied = measured(kRule);
  CHECK(copied.written == 1);
  CHECK(copied.accepted + copied.refused + copied.told == 0);
  const RewordingFigures refused = measured(kFalse);
  CHECK(refused.refused == 1);
  CHECK(refused.told == 0);
  CHECK(refused.reasons.size() == 1);
  CHECK(to_text(refused).find(refused.reasons.begin()->first) != std::string::npos);
}

TEST_CASE("each sentence shown or refused is written for a person to read") {
  const TemporaryFolder folder;
  const auto lines_of = [&](std::string_view written) {
    (void)measured(written, folder.path() / "out.jsonl");
    std::ifstream in(folder.path() / "out.jsonl");
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  CHECK(lines_of(kMoved).find("\"source\":\"La déclaration") != std::string::npos);
  CHECK(lines_of(kFalse).find("\"refused\":\"La déclaration") != std::string::npos);
  CHECK(lines_of(kRule).empty());
}
