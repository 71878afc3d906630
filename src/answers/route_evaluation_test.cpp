#include "answers/route_evaluation.h"

#include <doctest/doctest.h>

using namespace beffroi::answers;

namespace {

RoutedQuestion routed(bool advised, bool by_extracts, bool by_model) {
  RoutedQuestion one;
  one.routing = {Route::extracts, 0.5, advised, false};
  one.labelled = one.asked_model = true;
  one.by_extracts = by_extracts;
  one.by_model = by_model;
  return one;
}

}  // namespace

TEST_CASE("a route is wrong only when the model, not advised, would have shown the answer that the extracts lack") {
  const RouteFigures figures = figures_of({
      routed(false, false, true),   // wrong
      routed(false, false, false),  // nobody finds it
      routed(false, true, false),   // the model would have lost it
      routed(true, false, true),    // advised, and rightly
      routed(true, true, true),     // advised for nothing
  });
  CHECK(figures.questions == 5);
  CHECK(figures.without_model == 3);
  CHECK(figures.compared == 5);
  CHECK(figures.wrong == 1);
  CHECK(figures.needless == 1);
  CHECK(figures.extracts_right == 2);
  CHECK(figures.model_right == 3);
  CHECK(figures.routed_right == 3);
}

TEST_CASE("what was not compared is not counted as right") {
  RoutedQuestion unlabelled = routed(false, false, true);
  unlabelled.labelled = false;
  RoutedQuestion unasked = routed(false, false, false);
  unasked.asked_model = false;
  const RouteFigures figures = figures_of({unlabelled, unasked});
  CHECK(figures.without_model == 2);
  CHECK(figures.compared == 0);
  CHECK(to_text(figures).find("non mesurées") != std::string::npos);
}
