#include "usecases/assistant/input.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::assistant;

namespace {

Code code_of(const auto& result) {
  REQUIRE_FALSE(result);
  CHECK(result.error().message.ends_with('.'));
  return result.error().code;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

}  // namespace

TEST_CASE("a question is text in one line, not blank, of 500 characters at most") {
  CHECK(checked_question("Où refaire\nma carte\u00a0?").value() == "Où refaire ma carte\u00a0?");
  CHECK(checked_question(repeated("é", 500)));
  CHECK(code_of(checked_question(repeated("é", 501))) == Code::too_large);
  CHECK(code_of(checked_question("")) == Code::invalid_argument);
  CHECK(code_of(checked_question(" \t\u00a0\u2003")) == Code::invalid_argument);
  CHECK(code_of(checked_question("a\xFF")) == Code::invalid_argument);
  CHECK(code_of(checked_question(std::string_view("a\0b", 3))) == Code::invalid_argument);
}

TEST_CASE("a question in JSON: malformed is 400, unexpected is 422, too long is 413") {
  const auto good = question_from_json(R"({"question":"Où ?","conditions":["Vous êtes majeur"],"audiences":["Particuliers"]})");
  REQUIRE(good);
  CHECK(good->text == "Où ?");
  CHECK(good->conditions == std::vector<std::string>{"Vous êtes majeur"});
  CHECK(good->audiences == std::vector<std::string>{"Particuliers"});
  CHECK(question_from_json(R"({"question":"Où ?","conditions":null})"));
  CHECK(code_of(question_from_json("{\"question\":")) == Code::invalid_argument);
  CHECK(code_of(question_from_json("{\"question\":\"\xFF\"}")) == Code::invalid_argument);
  CHECK(code_of(question_from_json("")) == Code::invalid_argument);
  CHECK(code_of(question_from_json(repeated("[", 1000))) == Code::too_large);
  CHECK(code_of(question_from_json("[]")) == Code::bad_input);
  CHECK(code_of(question_from_json("{}")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":3})")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":"  "})")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":"a\u0000"})")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":"a","other":1})")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":"a","audiences":["Martiens"]})")) == Code::bad_input);
  CHECK(code_of(question_from_json(R"({"question":")" + repeated("a", 501) + "\"}")) == Code::too_large);
  CHECK(code_of(question_from_json(R"({"question":"a","conditions":[)" + repeated("\"c\",", 20) + "\"c\"]}")) == Code::bad_input);
}

TEST_CASE("an opinion keeps the question only when it was sent") {
  const auto opinion = opinion_from_json(R"({"answer_id":"a1b2c3d4e5","helpful":false,"reason":"Trop\nvague"})");
  REQUIRE(opinion);
  CHECK_FALSE(opinion->helpful);
  CHECK(opinion->reason == "Trop vague");
  CHECK(opinion->question.empty());
  CHECK(code_of(opinion_from_json(R"({"answer_id":"a1b2c3d4e5"})")) == Code::bad_input);
  CHECK(code_of(opinion_from_json(R"({"answer_id":"a'; --","helpful":true})")) == Code::bad_input);
  CHECK(code_of(opinion_from_json(R"({"answer_id":"a1b2c3d4e5","helpful":"oui"})")) == Code::bad_input);
}
