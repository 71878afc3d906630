// Everything a search gathers about a question before ranking: scores by words, by meaning, the two fused, what stands near the best,
// and the few dozen publications worth ranking.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "search/fusion.h"
#include "search/graph.h"
#include "search/lexical.h"
#include "search/query.h"
#include "search/vector_index.h"

namespace beffroi::search {

inline constexpr std::size_t kCandidates = 70;
inline constexpr std::size_t kRanked = 100;   // how far ranks are told apart
inline constexpr float kUnranked = 200;

struct Evidence {
  QueryTerms terms;
  std::vector<float> cosines;          // [publication], approximate, NaN when missing; empty without vectors
  std::vector<float> vector;           // the question's; empty without vectors
  std::vector<float> centroid;         // of the best publications; empty without vectors
  std::unordered_map<std::uint32_t, float> fused;            // publication → fused score
  std::unordered_map<std::uint32_t, std::uint32_t> rank_by_words, rank_by_meaning;
  std::vector<Scored> best;            // best fused first
  Agreements agreements;               // with the best
  std::vector<std::uint32_t> candidates;

  [[nodiscard]] bool has_meaning() const { return !vector.empty(); }
};

// `scores` are those of `terms`. `vectors` may be null, `vector` empty: the evidence is then lexical. `allowed`: as in Lexical::score.
struct EvidenceSources {
  const Graph& graph;
  const VectorSet* vectors;
  std::span<const std::uint8_t> allowed;
};
[[nodiscard]] Evidence gather_evidence(QueryTerms terms, const LexicalScores& scores, std::span<const float> vector,
                                       const EvidenceSources& sources);

}  // namespace beffroi::search
