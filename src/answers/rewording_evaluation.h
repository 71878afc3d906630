// What a model makes of real answers: `beffroi eval rewordings --questions FILE [--split dev] [--style plain]`.
//
// Every sentence of the answers goes the way a reader's would (rewording.h). The figures say how much of what the model wrote passed the
// check; whether what passed is simpler, and true, is for a person who reads the file of sentences.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "answers/ask.h"
#include "answers/question_set.h"
#include "answers/rewording.h"
#include "base/result.h"

namespace beffroi::answers {

struct RewordingFigures {
  int questions = 0, answers = 0;  // answers: with a sentence to reword
  int sources = 0;                 // sentences of the fiches in these answers
  int told = 0;                    // of them, shown in the model's words
  int written = 0;                 // sentences of the model
  int accepted = 0, refused = 0;   // of them, by the check; the rest is the fiche's own words
  std::map<std::string, int> reasons;  // of refusals
  int faults = 0;                  // answers that the model did not see to the end
  double wall_s = 0, cpu_s = 0;
};

struct RewordingRun {
  Style style = Style::plain;
  std::filesystem::path out;       // JSON Lines: each sentence shown in the model's words and its source, each one refused; empty: none
};
[[nodiscard]] Result<RewordingFigures> run_rewordings(const Answerer& answerer, const Rewriter& rewriter,
                                                      const std::vector<Labelled>& questions, const RewordingRun& run);

// In French, a line each.
[[nodiscard]] std::string to_text(const RewordingFigures& figures);

}  // namespace beffroi::answers
