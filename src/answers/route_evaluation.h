// Measures the router on labelled questions: `beffroi eval routes --questions FILE [--split dev|report] [--model]`.
//
// A route is wrong when the question went to extracts, the model not being advised, and none of the sentences shown is an expected one,
// while those that are shown once the model is asked hold one. What neither way finds is a miss of the answers, not of the router.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "answers/ask.h"
#include "answers/question_set.h"
#include "base/result.h"

namespace beffroi::answers {

struct RoutedQuestion {
  std::string id;
  Routing routing;             // of the plain question
  double confidence = 0;
  bool labelled = false;       // its expected sentences are known
  bool by_extracts = false;    // an expected sentence is shown without a model
  bool asked_model = false;    // what follows was measured: the model answered
  bool by_model = false;       // an expected sentence is shown once the model is asked
};

struct RouteFigures {
  int questions = 0, without_model = 0;    // the model not advised
  int compared = 0;                        // labelled, and the model was asked too
  int wrong = 0;                           // among these
  int needless = 0;                        // the model advised, though the extracts held an expected sentence
  int extracts_right = 0, model_right = 0, routed_right = 0;  // among these: an expected sentence is shown
};

struct RouteRun {
  bool thorough = false;            // ask the model about each question too
  std::filesystem::path out;        // a JSON line a question, as it is known; empty: none
};
[[nodiscard]] Result<std::vector<RoutedQuestion>> run_routes(const Answerer& answerer, const std::vector<Labelled>& questions,
                                                             const RouteRun& run);

[[nodiscard]] RouteFigures figures_of(const std::vector<RoutedQuestion>& questions);

// In French, a line each.
[[nodiscard]] std::string to_text(const RouteFigures& figures);

}  // namespace beffroi::answers
