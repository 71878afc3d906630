// Puts a misspelt word back against the words of the corpus.
//
// A word is looked at when it has four letters or more and the corpus does not know it. The candidate is the known word at the smallest
// Damerau distance (a swap in words of four letters, one error up to six, two beyond; a different first letter costs a half more),
// then the one that most publications hold. Immutable, thread-safe. A correction costs well under a millisecond.
#pragma once

#include <string_view>

#include "search/format.h"

namespace beffroi::search {

class Speller {
 public:
  // `index` must outlive the speller.
  explicit Speller(const IndexFile& index) : index_(index) {}

  [[nodiscard]] bool knows(std::string_view word) const;
  // The corrected word, or `word` itself when it is known, too short, not made of letters only, or nothing is near.
  [[nodiscard]] std::string_view correct(std::string_view word) const;

 private:
  [[nodiscard]] std::span<const WordRecord> words_of_length(std::size_t length) const;

  const IndexFile& index_;
};

// Restricted Damerau-Levenshtein distance (insertions, deletions, substitutions, swaps of neighbours), or `limit` + 1 beyond `limit`.
[[nodiscard]] int edit_distance(std::string_view a, std::string_view b, int limit);

}  // namespace beffroi::search
