// Which sentences to show: the best ones, with what they cannot be read without, for the case the reader is in.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "answers/answer.h"
#include "answers/pool.h"
#include "answers/reading.h"

namespace beffroi::answers {

struct Selection {
  std::vector<std::size_t> shown;   // extracts, publications by rank, reading order within each
  Precision precision;              // the choice that tells the answers apart; choices empty when there is none
  bool undecided = false;           // the answer depends on that choice: `shown` is only what is common to all its cases
  bool list_cut = false;            // a list too long to be shown whole
  double best = 0;                  // probability of the best sentence
  std::size_t best_index = 0;       // meaningful when `best` > 0
};

struct Wanted {
  std::string_view question;
  const Reading* reading = nullptr;
  std::span<const std::string> conditions;  // choices already made
};

inline constexpr std::size_t kMaxShown = 6;        // sentences
inline constexpr std::size_t kMaxListItems = 12;   // a list is shown whole up to here, even beyond kMaxShown

// `probabilities` has one value for each extract.
[[nodiscard]] Selection select(const Wanted& wanted, std::span<const Extract> pool, std::span<const double> probabilities);

}  // namespace beffroi::answers
