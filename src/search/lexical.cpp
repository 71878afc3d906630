#include "search/lexical.h"

#include <algorithm>

namespace beffroi::search {

namespace {

constexpr float kK1 = 1.2F;
constexpr float kFieldB = 0.5F;
constexpr float kTextB = 0.75F;  // whole texts: passages, documents
constexpr float kTitleTimes = 3;  // a text is read under its title

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

constexpr std::uint32_t kText = bit(Field::title) | bit(Field::headings) | bit(Field::introduction) | bit(Field::body);

void add_coverage(PublicationScore& score, std::uint32_t fields, const QueryTerm& term, const QueryTerms& query) {
  if ((fields & bit(Field::title)) != 0) {
    score.title_covered_all += term.idf * term.weight / static_cast<float>(query.mass_all);
    score.title_mass_met += term.idf;
  }
  if (!term.said) return;
  const float share = term.idf / static_cast<float>(query.mass);
  if ((fields & bit(Field::title)) != 0) score.title_covered += share;
  if ((fields & (bit(Field::title) | bit(Field::names) | bit(Field::anchors))) != 0) {
    score.names_covered += share;
    ++score.names_met;
  }
  if ((fields & bit(Field::introduction)) != 0) score.introduction_covered += share;
  if ((fields & (bit(Field::title) | bit(Field::headings))) != 0) score.headings_covered += share;
  if ((fields & kText) != 0) score.anywhere_covered += share;
}

}  // namespace

double first_stage(const PublicationScore& score) {
  return 3 * score.all_in(Field::title) + 1.5 * score.document_all + score.introduction_long + 1.5 * score.passage_all +
         0.5 * score.all_in(Field::names) + 0.7 * score.all_in(Field::anchors) + 0.7 * score.all_in(Field::topics) +
         0.2 * score.all_in(Field::asides);
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
  std::vector<float> documents, lengths;
  for (std::uint32_t at = 0; at < publications; ++at) {
    documents.push_back(
        kTitleTimes * static_cast<float>(index.length(Field::title, at)) +
        static_cast<float>(index.length(Field::headings, at) + index.length(Field::introduction, at) + index.length(Field::body, at)));
  }
  document_norms_ = norms_of(documents, kTextB);
  introduction_norms_ =
      norms_of(index.field_lengths.subspan(static_cast<std::size_t>(Field::introduction) * publications, publications), kTextB);
  lengths.reserve(index.passages.size());
  for (const PassageRecord& passage : index.passages) {
    lengths.push_back(static_cast<float>(passage.length) +
                      kTitleTimes * static_cast<float>(index.length(Field::title, passage.publication)));
  }
  passage_norms_ = norms_of(lengths, kTextB);
}

void Lexical::score(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const {
  scores.clear();
  scores.publications.resize(index_.publications.size());
  scores.passages.resize(index_.passages.size());
  score_publications(query, allowed, scores);
  score_passages(query, allowed, scores);
}

void Lexical::score_publications(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const {
  for (const QueryTerm& term : query.terms) {
    const auto postings = index_.publication_postings_of(term.term);
    for (std::size_t at = 0; at < postings.size();) {
      const std::uint32_t publication = PublicationPosting::unpack(postings[at]).publication;
      std::size_t end = at;
      while (end < postings.size() && PublicationPosting::unpack(postings[end]).publication == publication) ++end;
      if (allowed[publication] != 0) {
        PublicationScore& score = scores.publications[publication];
        add_group(term, postings.subspan(at, end - at), query, score);
        if (!score.touched) scores.touched_publications.push_back(publication);
        score.touched = true;
      }
      at = end;
    }
  }
}

// The postings of one term in one publication.
void Lexical::add_group(const QueryTerm& term, std::span<const std::uint32_t> postings, const QueryTerms& query,
                        PublicationScore& score) const {
  std::uint32_t fields = 0;
  float in_document = 0;
  const std::uint32_t publication = PublicationPosting::unpack(postings.front()).publication;
  for (const std::uint32_t bits : postings) {
    const auto posting = PublicationPosting::unpack(bits);
    const auto field = static_cast<std::size_t>(posting.field);
    const auto count = static_cast<float>(posting.count);
    const float gain = term.idf * saturate(count, field_norms_[field * index_.publications.size() + publication]);
    score.all[field] += term.weight * gain;
    if (term.said) score.said[field] += gain;
    fields |= bit(posting.field);
    if ((bit(posting.field) & kText) != 0) in_document += posting.field == Field::title ? kTitleTimes * count : count;
    if (posting.field == Field::introduction)
      score.introduction_long += term.weight * term.idf * saturate(count, introduction_norms_[publication]);
  }
  const float gain = term.idf * saturate(in_document, document_norms_[publication]);
  score.document_all += term.weight * gain;
  if (term.said) score.document_said += gain;
  add_coverage(score, fields, term, query);
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
        ++score.met;
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
    publication.passage_met = std::max(publication.passage_met, score.met);
  }
}

}  // namespace beffroi::search
