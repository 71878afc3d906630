// BM25 over every field of a publication and over every passage, term after term.
//
// `said` scores count the words of the question, `all` those and what they may mean at their smaller weight. Coverages are shares,
// 0 to 1, of the question's information (idf) found in a field.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "search/format.h"
#include "search/query.h"

namespace beffroi::search {

struct PublicationScore {
  std::array<float, kFields> said{};
  std::array<float, kFields> all{};
  float document_said = 0;         // title three times, headings, introduction and body as one text
  float document_all = 0;
  float introduction_long = 0;     // introduction, its length fully counted
  float title_covered = 0;
  float title_covered_all = 0;
  float title_mass_met = 0;        // sum of the idf of the title's terms that were said or meant
  float names_met = 0;             // how many words of the question are in title, other titles, labels of links
  float names_covered = 0;         // title, other titles, labels of links
  float introduction_covered = 0;
  float headings_covered = 0;      // title and headings
  float anywhere_covered = 0;
  float passage_said = 0;          // of the best passage, its title counted three times
  float passage_all = 0;
  float passage_covered = 0;
  float passage_met = 0;           // how many words of the question the passage that holds most of them holds
  bool touched = false;

  [[nodiscard]] float said_in(Field field) const { return said[static_cast<std::size_t>(field)]; }
  [[nodiscard]] float all_in(Field field) const { return all[static_cast<std::size_t>(field)]; }
};

// The first-stage score: title, whole text and best passage first, then what others call it.
[[nodiscard]] double first_stage(const PublicationScore& score);

struct PassageScore {
  float said = 0;
  float all = 0;
  float covered = 0;
  float met = 0;
  bool touched = false;
};

// Working memory of one search, reused by the next.
struct LexicalScores {
  std::vector<PublicationScore> publications;
  std::vector<PassageScore> passages;
  std::vector<std::uint32_t> touched_publications;
  std::vector<std::uint32_t> touched_passages;
  void clear();
};

// Immutable, thread-safe with one LexicalScores per thread. `index` must outlive it.
class Lexical {
 public:
  explicit Lexical(const IndexFile& index);

  // Fills `scores` for the publications where `allowed` is not 0.
  void score(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const;

 private:
  void score_publications(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const;
  void score_passages(const QueryTerms& query, std::span<const std::uint8_t> allowed, LexicalScores& scores) const;

  const IndexFile& index_;
  void add_group(const QueryTerm& term, std::span<const std::uint32_t> postings, const QueryTerms& query, PublicationScore& score) const;

  std::vector<float> field_norms_;    // k1 (1 - b + b length / mean), laid out as field_lengths
  std::vector<float> document_norms_, introduction_norms_;  // [publication]
  std::vector<float> passage_norms_;  // [passage]
};

}  // namespace beffroi::search
