#include "search/lexical.h"

#include <algorithm>

namespace beffroi::search {

namespace {

constexpr float kK1 = 1.2F;
constexpr float kFieldB = 0.5F;
constexpr float kPassageB = 0.75F;
constexpr float kTitleTimes = 3;  // a passage is read under its publication's title

float saturate(float count, float norm) { return count * (kK1 + 1) / (count + norm); }

// Norms of the lengths; empty ones do not count in the mean.
template <class Lengths>
std::vector<float> norms_of(const Lengths& lengths, float b) {
  double sum = 0;
  std::size_t filled = 0;
  for (const auto length : lengths) {
    sum += static_cast<double>(length);
    filled += length > 0 ? 1 : 0;
  }
  const double mean = filled == 0 ? 1 : sum / static_cast<double>(filled);
  std::vector<float> norms;
  norms.reserve(lengths.size());
  for (const auto length : lengths) norms.push_back(kK1 * (1 - b + b * static_cast<float>(static_cast<double>(length) / mean)));
  return norms;
}

constexpr std::uint32_t bit(Field field) { return 1U << static_cast<unsigned>(field); }

void add_coverage(PublicationScore& score, std::uint32_t fields, const QueryTerm& term, const QueryTerms& query, float mass_all) {
  if ((fields & bit(Field::title)) != 0) {
    score.title_covered_all += term.idf * term.weight / mass_all;
    score.title_mass_met += term.idf;
  }
  if (!term.said) return;
  const float share = term.idf / static_cast<float>(query.mass);
  if ((fields & bit(Field::title)) != 0) score.title_covered += share;
  if ((fields & (bit(Field::title) | bit(Field::names) | bit(Field::anchors))) != 0) score.names_covered += share;
  if ((fields & bit(Field::introduction)) != 0) score.introduction_covered += share;
  if ((fields & (bit(Field::title) | bit(Field::headings))) != 0) score.headings_covered += share;
  if ((fields & (bit(Field::title) | bit(Field::headings) | bit(Field::introduction) | bit(Field::body))) != 0) score.anywhere_covered += share;
}

}  // namespace

double first_stage(const PublicationScore& score) {
  return 3 * score.all_in(Field::title) + score.all_in(Field::headings) + score.all_in(Field::introduction) + score.all_in(Field::body) +
         score.all_in(Field::names) + score.all_in(Field::anchors) + 0.5 * score.all_in(Field::topics) + 0.3 * score.all_in(Field::asides) +
         score.passage_all;
}

void LexicalScores::clear() {
  for (const std::uint32_t at : touched_publications) publications[at] = {};
  for (const std::uint32_t at : touched_passages) passages[at] = {};
  touched_publications.clear();
  touched_passages.clear();
}

Lexical::Lexical(const IndexFile& index) : index_(index) {
  const std::size_t publications = index.publications.size();
  for (std::size_t field = 0; field < kFields; ++field) {
    const auto norms = norms_of(index.field_lengths.subspan(field * publications, publications), kFieldB);
    field_norms_.insert(field_norms_.end(), norms.begin(), norms.end());
  }
  std::vector<float> lengths;
  lengths.reserve(index.passages.size());
  for (const PassageRecord& passage : index.passages) {
    lengths.push_back(static_cast<float>(passage.length) + kTitleTimes * static_cast<float>(index.length(Field::title, passage.publication)));
  }
  passage_norms_ = norms_of(lengths, kPassageB);
}

void Lexical::score(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const {
  scores.clear();
  scores.publications.resize(index_.publications.size());
  scores.passages.resize(index_.passages.size());
  score_publications(query, allowed, scores);
  score_passages(query, allowed, scores);
}

void Lexical::score_publications(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const {
  float mass_all = 0;
  for (const QueryTerm& term : query.terms) mass_all += term.idf * term.weight;
  for (const QueryTerm& term : query.terms) {
    const auto postings = index_.publication_postings_of(term.term);
    for (std::size_t at = 0; at < postings.size();) {
      const std::uint32_t publication = PublicationPosting::unpack(postings[at]).publication;
      PublicationScore& score = scores.publications[publication];
      std::uint32_t fields = 0;
      for (; at < postings.size(); ++at) {
        const auto posting = PublicationPosting::unpack(postings[at]);
        if (posting.publication != publication) break;
        if (allowed[publication] == 0) continue;
        const auto field = static_cast<std::size_t>(posting.field);
        const float norm = field_norms_[field * index_.publications.size() + publication];
        const float gain = term.idf * saturate(static_cast<float>(posting.count), norm);
        score.all[field] += term.weight * gain;
        if (term.said) score.said[field] += gain;
        fields |= bit(posting.field);
      }
      if (fields == 0) continue;
      if (!score.touched) {
        score.touched = true;
        scores.touched_publications.push_back(publication);
      }
      add_coverage(score, fields, term, query, mass_all);
    }
  }
}

void Lexical::score_passages(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const {
  for (const QueryTerm& term : query.terms) {
    for (const std::uint32_t bits : index_.passage_postings_of(term.term)) {
      const auto posting = PassagePosting::unpack(bits);
      if (allowed[index_.passages[posting.passage].publication] == 0) continue;
      PassageScore& score = scores.passages[posting.passage];
      const float count = kTitleTimes * static_cast<float>(posting.title) + static_cast<float>(posting.headings + posting.body);
      const float gain = term.idf * saturate(count, passage_norms_[posting.passage]);
      score.all += term.weight * gain;
      if (term.said) {
        score.said += gain;
        score.covered += term.idf / static_cast<float>(query.mass);
      }
      if (!score.touched) {
        score.touched = true;
        scores.touched_passages.push_back(posting.passage);
      }
    }
  }
  for (const std::uint32_t passage : scores.touched_passages) {
    const PassageScore& score = scores.passages[passage];
    PublicationScore& publication = scores.publications[index_.passages[passage].publication];
    publication.passage_said = std::max(publication.passage_said, score.said);
    publication.passage_all = std::max(publication.passage_all, score.all);
    publication.passage_covered = std::max(publication.passage_covered, score.covered);
  }
}

}  // namespace beffroi::search
