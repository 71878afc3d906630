// Words of the question that stand side by side, in the same order, in a text.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "search/query.h"

namespace beffroi::search {

class QueryPairs {
 public:
  QueryPairs(const QueryTerms& query, const QueryReader& reader);

  // Sum over the distinct pairs found of the mean idf of their two words. `sequence`: terms, kBreak between fields.
  [[nodiscard]] float found_in(std::span<const std::uint32_t> sequence) const;

 private:
  struct Pair {
    std::uint32_t first, second;
    float idf;
  };
  std::vector<Pair> pairs_;  // at most 63: a set of them fits in 64 bits
};

}  // namespace beffroi::search
