#include "search/query.h"

#include <algorithm>
#include <cmath>

#include "text/analysis.h"

namespace beffroi::search {

namespace {

constexpr float kMeantWeight = 0.3F;
constexpr std::size_t kMaxWords = 64;  // a question longer than that is a letter: its first words are searched

float idf_of(double publications, double holding) {
  return static_cast<float>(std::log(1 + (publications - holding + 0.5) / (holding + 0.5)));
}

}  // namespace

QueryReader::QueryReader(const IndexFile& index, const Synonyms& synonyms) : index_(index), synonyms_(synonyms), speller_(index) {
  const auto publications = static_cast<double>(index.publications.size());
  idf_.reserve(index.terms.size());
  for (const TermRecord& term : index.terms) idf_.push_back(idf_of(publications, term.publications));
  unknown_idf_ = idf_of(publications, 0);
}

std::string_view QueryReader::correct(std::string_view word) const {
  // An inflection that the corpus does not hold is no error when it holds others of the same stem.
  const bool known = synonyms_.knows(word) || text::is_stop_word(word) || index_.find_term(text::stem(word)) != kBreak;
  return known ? word : speller_.correct(word);
}

std::string QueryReader::understood(std::string_view text) const {
  const bool shouted = std::ranges::none_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
  std::string out;
  for (const std::string& part : text::question_parts(shouted ? text::fold(text) : std::string(text))) {
    const std::vector<std::string> words = text::words(part);
    const bool misspelt = words.size() == 1 && correct(words.front()) != words.front();
    if (!out.empty()) out.push_back(' ');
    out.append(misspelt ? correct(words.front()) : std::string_view(part));
  }
  return out;
}

std::vector<std::string> QueryReader::corrected_words(std::string_view text, bool& corrected) const {
  std::vector<std::string> words = text::question_words(text);
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  for (std::string& word : words) {
    const std::string_view better = correct(word);
    if (better == word) continue;
    word = better;
    corrected = true;
  }
  // «comemnt» was no stop word before it was corrected.
  std::vector<std::string> kept;
  std::ranges::copy_if(words, std::back_inserter(kept), [](const std::string& word) { return !text::is_stop_word(word); });
  return kept;
}

QueryTerms QueryReader::read(std::string_view text) const {
  QueryTerms query;
  bool corrected = false;
  query.words = corrected_words(text, corrected);
  std::vector<std::string> stems;
  for (const std::string& word : query.words) {
    if (corrected) query.corrected += (query.corrected.empty() ? "" : " ") + word;
    stems.push_back(text::stem(word));
    const std::string& stem = stems.back();
    const std::uint32_t term = index_.find_term(stem);
    query.said.push_back(term);
    if (std::find(stems.begin(), stems.end() - 1, stem) != stems.end() - 1) continue;
    if (term == kBreak) {
      query.unknown_mass += unknown_idf_;
    } else {
      query.terms.push_back({term, idf_[term], 1, true});
      query.mass += idf_[term];
    }
  }
  for (const std::string& stem : synonyms_.expand(stems)) {
    const std::uint32_t term = index_.find_term(stem);
    if (term != kBreak) query.terms.push_back({term, idf_[term], kMeantWeight, false});
  }
  for (const QueryTerm& term : query.terms) query.mass_all += term.weight * term.idf;
  return query;
}

}  // namespace beffroi::search
