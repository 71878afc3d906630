// A question turned into weighted terms of an index: courtesy dropped, spelling corrected, synonyms added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "search/format.h"
#include "search/speller.h"
#include "search/synonyms.h"

namespace beffroi::search {

struct QueryTerm {
  std::uint32_t term = kBreak;  // number in the index
  float idf = 0;
  float weight = 1;             // 1 when said, less when only meant
  bool said = true;
};

struct QueryTerms {
  std::vector<std::string> words;      // what is asked, folded and corrected, in order
  std::vector<std::uint32_t> said;     // their terms in order, kBreak for one that the corpus does not know
  std::vector<QueryTerm> terms;        // distinct, known to the index; those said first
  std::string corrected;               // the question with its corrections; empty when nothing was corrected
  double mass = 0;                     // sum of the idf of the distinct terms said, known to the index
  double mass_all = 0;                 // the same with what they may mean, at its weight
  double unknown_mass = 0;             // the same for those that the corpus does not know, each counted as the rarest
};

// Immutable, thread-safe. `index` and `synonyms` must outlive it.
class QueryReader {
 public:
  QueryReader(const IndexFile& index, const Synonyms& synonyms);

  // `text` is valid UTF-8.
  [[nodiscard]] QueryTerms read(std::string_view text) const;
  // The question as it was typed, without courtesy, its misspelt words corrected.
  [[nodiscard]] std::string understood(std::string_view text) const;
  [[nodiscard]] float idf(std::uint32_t term) const { return idf_[term]; }

 private:
  [[nodiscard]] std::string_view correct(std::string_view word) const;
  [[nodiscard]] std::vector<std::string> corrected_words(std::string_view text, bool& corrected) const;

  const IndexFile& index_;
  const Synonyms& synonyms_;
  Speller speller_;
  std::vector<float> idf_;  // [term]
  float unknown_idf_ = 0;
};

}  // namespace beffroi::search
