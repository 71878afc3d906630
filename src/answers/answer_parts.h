// The steps of ask(), each apart so that tests and evaluation can look between them.
#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "answers/ask.h"
#include "answers/emergency.h"
#include "answers/features.h"
#include "answers/intent.h"
#include "answers/pool.h"
#include "answers/reading.h"

namespace beffroi::answers {

// What search found, opened.
struct Search {
  std::vector<Found> found;
  std::string corrected;
  double coverage = 0;
  double elapsed_ms = 0;
  std::optional<Error> fault;
};
[[nodiscard]] Search run_search(const Answerer::Parts& parts, const Question& question, const std::stop_token& stop);

// Sentences scored: what the selector and the confidence work on.
struct Scoring {
  Reading reading;
  std::vector<Extract> pool;
  Scored scored;
  std::vector<double> probabilities;
};
[[nodiscard]] Scoring score(const Question& question, const Search& search);

// The signals of confidence() once the best sentence is known; `best` may be none.
[[nodiscard]] struct Signals signals_of(const Question& question, const Search& search, const Scoring& scoring,
                                        std::optional<std::size_t> best);

// Share of the question's figures, articles and dates that nothing near the sentence repeats: « l'article L. 2122-99 ».
[[nodiscard]] double missing_figures(const Reading& reading, const Extract& extract);

// The same of its proper nouns.
[[nodiscard]] double missing_names(const Reading& reading, const Extract& extract);

// Sentences, precision, contacts, see also, confidence and status, as for a plain question.
void fill(Answer& answer, const Answerer::Parts& parts, const Question& question, const Search& search, const std::stop_token& stop);

// The status and the message once danger and intent are taken into account.
void settle(Answer& answer, const Emergency& emergency, Intent intent);

// Below the first, the question is not one for a town hall; below the second, nothing sure was found.
inline constexpr double kInScope = 0.40;
inline constexpr double kAnswered = 0.61;

}  // namespace beffroi::answers
