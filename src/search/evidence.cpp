#include "search/evidence.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace beffroi::search {

namespace {

constexpr double kDamping = 15;
constexpr std::size_t kFromWords = 60, kFromMeaning = 50, kFromTitles = 20, kFromAnchors = 10, kFromLinks = 15, kFromFeedback = 15;
constexpr std::size_t kAgreeing = 30;  // best publications that others may agree with
constexpr std::size_t kCentral = 10;   // best publications whose mean meaning is looked for
constexpr float kRelatedPull = 0.02F;  // a publication recommended by the best counts as well ranked

using Numbers = std::vector<std::uint32_t>;

Numbers numbers_of(const std::vector<Scored>& scored) {
  Numbers out;
  out.reserve(scored.size());
  for (const Scored& item : scored) out.push_back(item.id);
  return out;
}

// The best publications for a score above zero, best first.
Numbers best_by(const LexicalScores& scores, const std::function<double(const PublicationScore&)>& score_of) {
  std::vector<Scored> scored;
  for (const std::uint32_t at : scores.touched_publications) {
    const double score = score_of(scores.publications[at]);
    if (score > 0) scored.push_back({at, score});
  }
  return numbers_of(best_of(std::move(scored), kRanked));
}

void add_first(Numbers& to, const Numbers& from, std::size_t count) {
  for (std::size_t at = 0; at < std::min(count, from.size()); ++at) {
    if (std::ranges::find(to, from[at]) == to.end()) to.push_back(from[at]);
  }
}

std::vector<float> centroid_of(std::span<const Scored> best, const VectorSet& vectors, std::size_t dimensions) {
  std::vector<float> sum(dimensions, 0);
  for (std::size_t rank = 0; rank < std::min(best.size(), kCentral); ++rank) {
    const std::vector<float> unit = vectors.unit(best[rank].id);
    for (std::size_t i = 0; i < unit.size(); ++i) sum[i] += unit[i] / (5 + static_cast<float>(rank));
  }
  return sum;
}

void rank_and_fuse(const LexicalScores& scores, const EvidenceSources& sources, Evidence& evidence) {
  const Numbers by_words = best_by(scores, first_stage);
  Numbers by_titles = best_by(scores, [](const PublicationScore& score) { return score.all_in(Field::title); });
  if (by_titles.empty()) by_titles = best_by(scores, [](const PublicationScore& score) { return score.introduction_long; });
  const Numbers by_anchors = best_by(scores, [](const PublicationScore& score) { return score.all_in(Field::anchors); });
  Numbers by_meaning;
  if (evidence.has_meaning()) by_meaning = numbers_of(sources.vectors->nearest(evidence.vector, sources.allowed, kRanked));

  const RankedList with_meaning[] = {{by_words, 1}, {by_meaning, 1}, {by_titles, 0.3}, {by_anchors, 0.2}};
  const RankedList words_only[] = {{by_words, 1}};  // measured: mixing in other orders of the same words costs
  evidence.best = evidence.has_meaning() ? fuse(with_meaning, kDamping) : fuse(words_only, kDamping);
  for (const Scored& item : evidence.best) evidence.fused.emplace(item.id, static_cast<float>(item.score));
  for (std::uint32_t rank = 0; rank < by_words.size(); ++rank) evidence.rank_by_words.emplace(by_words[rank], rank);
  for (std::uint32_t rank = 0; rank < by_meaning.size(); ++rank) evidence.rank_by_meaning.emplace(by_meaning[rank], rank);

  add_first(evidence.candidates, by_words, kFromWords);
  add_first(evidence.candidates, by_meaning, kFromMeaning);
  add_first(evidence.candidates, by_titles, kFromTitles);
  add_first(evidence.candidates, by_anchors, kFromAnchors);
}

void add_neighbours(const EvidenceSources& sources, Evidence& evidence) {
  const auto is_new = [&](std::uint32_t at) {
    return sources.allowed[at] != 0 && std::ranges::find(evidence.candidates, at) == evidence.candidates.end();
  };
  std::vector<Scored> pulled;
  for (const std::uint32_t near : evidence.agreements.near()) {
    const float pull = evidence.agreements.with(near).pull();
    if (pull > 0 && is_new(near)) pulled.push_back({near, pull});
  }
  Numbers central;
  if (evidence.has_meaning()) {
    for (const std::uint32_t near : numbers_of(sources.vectors->nearest(evidence.centroid, sources.allowed, kRanked))) {
      if (is_new(near)) central.push_back(near);
    }
  }
  add_first(evidence.candidates, numbers_of(best_of(std::move(pulled), kFromLinks)), kFromLinks);
  add_first(evidence.candidates, central, kFromFeedback);
}

void keep_most_likely(Evidence& evidence) {
  std::vector<Scored> likely;
  for (const std::uint32_t at : evidence.candidates) {
    const auto fused = evidence.fused.find(at);
    const float score = fused == evidence.fused.end() ? 0 : fused->second;
    likely.push_back({at, score + kRelatedPull * evidence.agreements.with(at).related_in});
  }
  evidence.candidates = numbers_of(best_of(std::move(likely), kCandidates));
}

}  // namespace

Evidence gather_evidence(QueryTerms terms, const LexicalScores& scores, std::span<const float> vector, const EvidenceSources& sources) {
  Evidence evidence;
  evidence.terms = std::move(terms);
  if (sources.vectors != nullptr && !vector.empty()) {
    evidence.vector.assign(vector.begin(), vector.end());
    evidence.cosines = sources.vectors->approximate_cosines(vector);
  }
  rank_and_fuse(scores, sources, evidence);
  const std::span best(evidence.best);
  evidence.agreements = sources.graph.agreements(best.first(std::min(best.size(), kAgreeing)));
  if (evidence.has_meaning()) evidence.centroid = centroid_of(best, *sources.vectors, vector.size());
  add_neighbours(sources, evidence);
  keep_most_likely(evidence);
  return evidence;
}

}  // namespace beffroi::search
