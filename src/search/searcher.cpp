#include <algorithm>
#include <cmath>
#include <mutex>
#include <string>

#include "search/fusion.h"
#include "search/ranker.h"
#include "search/retriever.h"
#include "search/search.h"

namespace beffroi::search {

namespace {

// Working memories lent to searches: as many as searches ever ran at once.
class ScoresPool {
 public:
  std::unique_ptr<LexicalScores> take() {
    const std::lock_guard lock(mutex_);
    if (free_.empty()) return std::make_unique<LexicalScores>();
    auto taken = std::move(free_.back());
    free_.pop_back();
    return taken;
  }
  void give_back(std::unique_ptr<LexicalScores> scores) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(scores));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<LexicalScores>> free_;
};

class IndexSearcher final : public Searcher {
 public:
  explicit IndexSearcher(std::unique_ptr<Retriever> retriever) : retriever_(std::move(retriever)), index_(retriever_->index()) {}

  [[nodiscard]] Result<Results> search(const Query& query) const override {
    if (query.limit < 1 || query.limit > 100) return fail(Code::invalid_argument, "Le nombre de résultats demandé va de 1 à 100.");
    auto scores = pool_.take();
    auto found = retriever_->find(query.text, query.vector, query.filter, *scores);
    Result<Results> results = tl::unexpected<Error>(Error{});
    if (found) {
      results = rank(query, *found, *scores);
    } else {
      results = tl::unexpected<Error>(std::move(found).error());
    }
    pool_.give_back(std::move(scores));
    return results;
  }
  [[nodiscard]] std::string understood(std::string_view text) const override {
    if (text.size() > kMaxQueryBytes) return {};  // the search will refuse it
    return retriever_->understood(text);
  }
  [[nodiscard]] bool has_vectors() const override { return retriever_->has_vectors(); }
  [[nodiscard]] std::string_view generation() const override { return index_.generation; }

 private:
  [[nodiscard]] Results rank(const Query& query, const Retriever::Found& found, const LexicalScores& scores) const {
    const Evidence& evidence = found.evidence;
    Results results;
    results.corrected = evidence.terms.corrected;
    results.mode = evidence.has_meaning() ? Mode::hybrid : Mode::lexical;
    const Ranker& ranker = !evidence.has_meaning()                    ? Ranker::by_words()
                           : retriever_->passage_vectors() == nullptr ? Ranker::by_words_and_titles()
                                                                      : Ranker::by_words_and_meaning();
    std::vector<Scored> ranked;
    for (std::uint32_t row = 0; row < found.rows.size(); ++row) ranked.push_back({row, ranker.score(found.rows[row])});
    const double known = evidence.terms.mass / std::max(evidence.terms.mass + evidence.terms.unknown_mass, 1e-9);
    for (const Scored& best : best_of(std::move(ranked), query.limit)) {
      const std::uint32_t publication = evidence.candidates[best.id];
      const PublicationScore& score = scores.publications[publication];
      Hit hit;
      hit.publication_id = index_.text(index_.publications[publication].id);
      hit.score = best.score;
      hit.relevance = ranker.relevance(found.rows[best.id], best.score);
      hit.passages = best_passages(publication, query.passages_each, evidence, scores);
      results.lexical_coverage = std::max(results.lexical_coverage, known * score.anywhere_covered);
      results.hits.push_back(std::move(hit));
    }
    return results;
  }

  [[nodiscard]] std::vector<PassageHit> best_passages(std::uint32_t publication, std::size_t count, const Evidence& evidence,
                                                      const LexicalScores& scores) const {
    constexpr double kMeaningWeight = 20;  // a cosine differs by hundredths where BM25 differs by units
    const std::uint32_t first = index_.publications[publication].first_passage;
    std::vector<Scored> ranked;
    std::vector<float> meanings;
    const VectorSet* vectors = evidence.has_meaning() ? retriever_->passage_vectors() : nullptr;
    for (std::uint32_t at = first; at < index_.passages_end(publication); ++at) {
      meanings.push_back(vectors != nullptr ? vectors->cosine(at, evidence.vector) : std::numeric_limits<float>::quiet_NaN());
      const double meant = std::isnan(meanings.back()) ? 0 : kMeaningWeight * meanings.back();
      ranked.push_back({at, scores.passages[at].all + meant});
    }
    std::vector<PassageHit> hits;
    for (const Scored& best : best_of(std::move(ranked), count)) {
      hits.push_back({std::string(index_.text(index_.passages[best.id].id)), best.score, meanings[best.id - first]});
    }
    return hits;
  }

  std::unique_ptr<Retriever> retriever_;
  const IndexFile& index_;
  mutable ScoresPool pool_;
};

}  // namespace

Filter Filter::everything() {
  Filter filter;
  filter.all_audiences = true;
  filter.all_kinds = true;
  return filter;
}

Result<std::unique_ptr<Searcher>> Searcher::open(const std::filesystem::path& index, const std::filesystem::path& vectors) {
  return std::make_unique<IndexSearcher>(BEFFROI_TRY(Retriever::open(index, vectors)));
}

}  // namespace beffroi::search
