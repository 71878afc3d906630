#include "answers/fake/fake_corpus.h"

#include <algorithm>
#include <atomic>
#include <set>

#include "text/analysis.h"

namespace beffroi::answers::fake {
namespace {

double shared(const std::set<std::string>& asked, std::string_view text) {
  std::set<std::string> met;
  for (const auto& term : text::terms(text)) {
    if (asked.contains(term)) met.insert(term);
  }
  return static_cast<double>(met.size());
}

class FakeSearcher : public search::Searcher {
 public:
  FakeSearcher(const std::vector<knowledge::Publication>& publications, int before_failure)
      : publications_(publications), before_failure_(before_failure) {}

  Result<search::Results> search(const search::Query& query) const override {
    if (before_failure_ >= 0 && before_failure_-- == 0) return fail(Code::unavailable, "La base est illisible.", "fake failure");
    const auto terms = text::terms(query.text);
    const std::set<std::string> asked(terms.begin(), terms.end());
    search::Results results;
    for (const auto& publication : publications_) {
      search::Hit hit;
      hit.publication_id = publication.id;
      hit.score = 2 * shared(asked, publication.title);
      for (const auto& passage : publication.passages) {
        double score = 0;
        for (const auto& block : passage.blocks) score += shared(asked, block.text);
        for (const auto& section : passage.sections) score += shared(asked, section);
        if (score > 0) hit.passages.push_back({passage.id, score});
        hit.score += score;
      }
      std::stable_sort(hit.passages.begin(), hit.passages.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
      if (hit.passages.size() > query.passages_each) hit.passages.resize(query.passages_each);
      hit.relevance = asked.empty() ? 0 : std::min(1.0, hit.score / (2.0 * static_cast<double>(asked.size())));
      if (hit.score > 0) results.hits.push_back(std::move(hit));
    }
    std::stable_sort(results.hits.begin(), results.hits.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
    if (results.hits.size() > query.limit) results.hits.resize(query.limit);
    results.lexical_coverage = results.hits.empty() ? 0 : results.hits.front().relevance;
    return results;
  }
  bool has_vectors() const override { return false; }
  std::string_view generation() const override { return "fake"; }

 private:
  const std::vector<knowledge::Publication>& publications_;
  mutable std::atomic<int> before_failure_;
};

class FakeCorpus : public knowledge::Corpus {
 public:
  FakeCorpus(std::vector<knowledge::Publication> publications, const FakeOptions& options)
      : publications_(std::move(publications)), searcher_(publications_, options.searches_before_failure) {
    info_.name = "Base d’essai";
    info_.newest_date = "2020-11-12";
    info_.publications = static_cast<std::int64_t>(publications_.size());
  }
  const knowledge::CorpusInfo& info() const override { return info_; }
  Result<knowledge::Publication> publication(std::string_view id) const override {
    for (const auto& publication : publications_) {
      if (publication.id == id) return publication;
    }
    return fail(Code::not_found, "Cette fiche n’existe pas.");
  }
  beffroi::Status for_each(const std::function<void(const knowledge::Publication&)>& use) const override {
    for (const auto& publication : publications_) use(publication);
    return {};
  }
  const search::Searcher& searcher() const override { return searcher_; }

 private:
  std::vector<knowledge::Publication> publications_;
  FakeSearcher searcher_;
  knowledge::CorpusInfo info_;
};

}  // namespace

std::shared_ptr<const knowledge::Corpus> make_corpus(std::vector<knowledge::Publication> publications, const FakeOptions& options) {
  return std::make_shared<const FakeCorpus>(std::move(publications), options);
}

}  // namespace beffroi::answers::fake
