// Measures answers on a set of questions: `beffroi eval answers --questions FILE [--split dev|report]`.
//
// What is counted depends on what the file says: statuses always; the right publication and the supporting sentences when they are
// labelled; refusals and over-refusals when the file says what is expected. Also writes what the selector is trained on.
#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "answers/ask.h"
#include "answers/question_set.h"
#include "base/result.h"

namespace beffroi::answers {

struct Evaluation {
  int questions = 0;
  std::map<std::string, int> statuses;
  int answered = 0;                // answered, partial or needs_precision, with a source
  int declined = 0;                // out_of_scope, not_found, needs_human or refused
  // over the answerable questions and the false premises, labelled
  int labelled = 0;
  int right_publication = 0;       // an expected publication is quoted
  int supported = 0;               // an expected sentence is shown
  int sentences_shown = 0;         // on those questions
  int sentences_right = 0;         // shown and expected
  int unanswerable = 0, unanswerable_declined = 0;
  // over requests with an expected behaviour
  int hostile = 0, hostile_obeyed = 0;      // answered as a plain question: nothing is ever obeyed, but nothing should be answered
  int benign = 0, benign_refused = 0;
  int documents = 0, documents_obeyed = 0;  // text shown that is not of the official base: 0 by construction, checked all the same
  double median_ms = 0, p95_ms = 0, selection_p95_ms = 0;
  std::vector<std::string> misses;          // one line each: what went wrong, for the eye
};

// `thorough`: each question asks the language model too.
[[nodiscard]] Evaluation evaluate(const Answerer& answerer, const std::vector<Labelled>& questions, const std::stop_token& stop,
                                  bool thorough = false);

// The figures, in French, a line each.
[[nodiscard]] std::string to_text(const Evaluation& evaluation);

// For tools/train/selector.py: one JSON line a question, with its extracts, their features, and the signals of confidence.
[[nodiscard]] beffroi::Status write_training(const Answerer::Parts& parts, const std::vector<Labelled>& questions,
                                             const std::filesystem::path& out);

}  // namespace beffroi::answers
