#include "search/pairs.h"

#include <algorithm>

namespace beffroi::search {

QueryPairs::QueryPairs(const QueryTerms& query, const QueryReader& reader) {
  for (std::size_t at = 0; at + 1 < query.said.size() && pairs_.size() < 63; ++at) {
    const std::uint32_t first = query.said[at], second = query.said[at + 1];
    if (first == second || first == kBreak || second == kBreak) continue;
    const auto same = [&](const Pair& pair) { return pair.first == first && pair.second == second; };
    if (std::ranges::none_of(pairs_, same)) pairs_.push_back({first, second, (reader.idf(first) + reader.idf(second)) / 2});
  }
}

float QueryPairs::found_in(std::span<const std::uint32_t> sequence) const {
  if (pairs_.empty()) return 0;
  std::uint64_t found = 0;
  for (std::size_t at = 0; at + 1 < sequence.size(); ++at) {
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
      if (pairs_[pair].first == sequence[at] && pairs_[pair].second == sequence[at + 1]) found |= std::uint64_t{1} << pair;
    }
  }
  float sum = 0;
  for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
    if ((found >> pair & 1) != 0) sum += pairs_[pair].idf;
  }
  return sum;
}

}  // namespace beffroi::search
