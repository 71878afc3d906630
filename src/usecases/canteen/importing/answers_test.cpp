#include "usecases/canteen/importing/answers.h"

#include <doctest/doctest.h>

using namespace beffroi::canteen;

TEST_CASE("answers about a shape of file are kept and read back") {
  Answers answers;
  answers.columns = Columns{FileKind::attendance, {Role::day, Role::ignored, Role::site, Role::served}};
  answers.day_form = DayForm::day_first;
  answers.meals = {{"DEJEUNER", "PIQUE-NIQUE"}};
  const Answers read = answers_of(to_json(answers)).value();
  CHECK(read.columns->roles == answers.columns->roles);
  CHECK(read.day_form == DayForm::day_first);
  CHECK(read.meals == answers.meals);
  CHECK_FALSE(answers_of(to_json({})).value().columns.has_value());
  CHECK_FALSE(answers_of(R"({"kind":"attendance","columns":["day","nonsense"]})").has_value());
  CHECK_FALSE(answers_of("[").has_value());
}

TEST_CASE("targets are read back, unknown words answer nothing") {
  for (const Target& target : {Target{Target::Kind::known, "S001"}, Target{Target::Kind::create, {}},
                               Target{Target::Kind::like, "jean zay|E|"}, Target{Target::Kind::left_out, {}}, Target{}}) {
    CHECK(target_of(to_text(target)) == target);
  }
  CHECK(target_of("autre").kind == Target::Kind::unanswered);
}

TEST_CASE("files of one shape have one signature, accents and case apart") {
  CHECK(signature_of({"Date", "Prévision"}) == signature_of({"DATE", "prevision"}));
  CHECK(signature_of({"a", "b"}) != signature_of({"ab"}));
}
