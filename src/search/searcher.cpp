#include <algorithm>
#include <mutex>
#include <string>

#include "search/format.h"
#include "search/fusion.h"
#include "search/lexical.h"
#include "search/query.h"
#include "search/search.h"
#include "search/synonyms.h"
#include "text/utf8.h"

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

double lexical_score(const PublicationScore& score) {
  return 3 * score.all_in(Field::title) + score.all_in(Field::headings) + score.all_in(Field::introduction) + score.all_in(Field::body) +
         score.all_in(Field::names) + score.all_in(Field::anchors) + 0.5 * score.all_in(Field::topics) + score.passage_all;
}

class IndexSearcher final : public Searcher {
 public:
  explicit IndexSearcher(IndexFile index)
      : index_(std::move(index)), reader_(index_, Synonyms::built_in()), lexical_(index_) {}

  [[nodiscard]] Result<Results> search(const Query& query) const override {
    if (query.text.size() > kMaxQueryBytes) return fail(Code::too_large, "La question est trop longue : 2 000 octets au plus.");
    if (!text::is_valid_utf8(query.text)) return fail(Code::invalid_argument, "La question n’est pas du texte UTF-8 valide.");
    if (query.limit < 1 || query.limit > 100) return fail(Code::invalid_argument, "Le nombre de résultats demandé va de 1 à 100.");
    auto scores = pool_.take();
    Results results = search_valid(query, *scores);
    pool_.give_back(std::move(scores));
    return results;
  }
  [[nodiscard]] bool has_vectors() const override { return false; }
  [[nodiscard]] std::string_view generation() const override { return index_.generation; }

 private:
  [[nodiscard]] std::vector<std::uint8_t> allowed(const Filter& filter) const {
    std::vector<std::uint8_t> kind_allowed(index_.kinds.size(), filter.all_kinds ? 1 : 0);
    for (std::size_t at = 0; at < index_.kinds.size(); ++at) {
      if (std::ranges::find(filter.kinds, index_.text(index_.kinds[at])) != filter.kinds.end()) kind_allowed[at] = 1;
    }
    std::uint64_t audiences = 0;
    for (std::size_t at = 0; at < index_.audiences.size(); ++at) {
      const bool wanted = std::ranges::find(filter.audiences, index_.text(index_.audiences[at])) != filter.audiences.end();
      if (wanted) audiences |= std::uint64_t{1} << at;
    }
    std::vector<std::uint8_t> out;
    out.reserve(index_.publications.size());
    for (const PublicationRecord& publication : index_.publications) {
      const bool audience_allowed = filter.all_audiences || (publication.audiences & audiences) != 0;
      out.push_back(kind_allowed[publication.kind] != 0 && audience_allowed ? 1 : 0);
    }
    return out;
  }

  [[nodiscard]] Results search_valid(const Query& query, LexicalScores& scores) const {
    Results results;
    const QueryTerms terms = reader_.read(query.text);
    results.corrected = terms.corrected;
    lexical_.score(terms, allowed(query.filter), scores);
    std::vector<Scored> ranked;
    for (const std::uint32_t at : scores.touched_publications) ranked.push_back({at, lexical_score(scores.publications[at])});
    const double known = terms.mass / std::max(terms.mass + terms.unknown_mass, 1e-9);
    for (const Scored& best : best_of(std::move(ranked), query.limit)) {
      const PublicationScore& score = scores.publications[best.id];
      Hit hit;
      hit.publication_id = index_.text(index_.publications[best.id].id);
      hit.score = best.score;
      hit.relevance = known * score.passage_covered;
      hit.passages = best_passages(best.id, query.passages_each, scores);
      results.lexical_coverage = std::max(results.lexical_coverage, known * score.anywhere_covered);
      results.hits.push_back(std::move(hit));
    }
    return results;
  }

  [[nodiscard]] std::vector<PassageHit> best_passages(std::uint32_t publication, std::size_t count, const LexicalScores& scores) const {
    std::vector<Scored> ranked;
    for (std::uint32_t at = index_.publications[publication].first_passage; at < index_.passages_end(publication); ++at) {
      ranked.push_back({at, scores.passages[at].all});
    }
    std::vector<PassageHit> hits;
    for (const Scored& best : best_of(std::move(ranked), count)) {
      hits.push_back({std::string(index_.text(index_.passages[best.id].id)), best.score});
    }
    return hits;
  }

  IndexFile index_;
  QueryReader reader_;
  Lexical lexical_;
  mutable ScoresPool pool_;
};

}  // namespace

Filter Filter::everything() {
  Filter filter;
  filter.all_audiences = true;
  filter.all_kinds = true;
  return filter;
}

Result<std::unique_ptr<Searcher>> Searcher::open(const std::filesystem::path& index, const std::filesystem::path& /*vectors*/) {
  IndexFile file = BEFFROI_TRY(IndexFile::open(index));
  return std::make_unique<IndexSearcher>(std::move(file));
}

}  // namespace beffroi::search
