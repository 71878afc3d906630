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

std::vector<std::string> QueryReader::corrected_words(std::string_view text, bool& corrected) const {
  std::vector<std::string> words = text::question_words(text);
  if (words.size() > kMaxWords) words.resize(kMaxWords);
  for (std::string& word : words) {
    if (synonyms_.knows(word) || text::is_stop_word(word)) continue;
    const std::string_view better = speller_.correct(word);
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
  return query;
}

}  // namespace beffroi::search
