// The trained selector: how probable it is that a sentence answers a question, and that a question has its answer here at all.
//
// Both are small models trained on the development questions only, by tools/train/selector.py, whose output is selector_weights.h.
#pragma once

#include "answers/features.h"

namespace beffroi::answers {

// 0 to 1.
[[nodiscard]] double probability(const Features& features);

// What is known of a whole question once its sentences are scored.
struct Signals {
  double best = 0;        // probability of the best sentence
  double relevance = 0;   // of the first publication, as search calibrates it
  double coverage = 0;    // share of the question's information found by search in its best hits
  double context = 0;     // cover_context of the best sentence
  double beyond_title = 0;  // cover_beyond_title of the best sentence
  double title = 0;       // title_cover of the best sentence
  double unknown = 0;     // share of the question's words that no sentence of the pool has
  double figures = 0;     // figures and names in capitals of the question that the best sentence and its context have not
  double terms = 0;       // number of terms, at most 12, over 12
  double personal = 0;    // 1 when someone speaks of themselves or asks what may or must be done
  double names = 0;       // share of the proper nouns of the question that nothing near the best sentence has
  double past = 0;        // 1 when it asks what happened once: « Qui fut… »
};
inline constexpr std::size_t kSignals = 12;

// 0 to 1: how sure it is that the base speaks of what is asked.
[[nodiscard]] double confidence(const Signals& signals);

}  // namespace beffroi::answers
