// From the words of publications to numbers: vocabulary, counts and sequences, in the order in which publications come.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/format.h"
#include "search/passage.h"

namespace beffroi::search {

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

// What is known of a word as written (folded): its term, and how many publications hold it.
struct WordFacts {
  std::uint32_t term = kBreak;  // kBreak for a stop word
  std::uint32_t publications = 0;
  std::uint32_t last_publication = kBreak;
};

class Collector {
 public:
  explicit Collector(bool hide_titles) : hide_titles_(hide_titles) {}

  // Numbers the publication and its passages in the order of the calls.
  void add(const PublicationWords& publication);

  // A posting before it is sorted by term.
  struct Posting {
    std::uint32_t term;
    std::uint32_t bits;  // PublicationPosting or PassagePosting
  };

  TextMap<WordFacts> words;
  TextMap<std::uint32_t> term_numbers;
  std::vector<std::uint32_t> term_publications;  // [term]
  std::vector<Posting> publication_postings;
  std::vector<Posting> passage_postings;
  std::array<std::vector<std::uint32_t>, kFields> field_lengths;
  std::vector<std::uint32_t> passage_lengths;
  std::vector<std::uint32_t> publication_tokens, publication_begins;  // sequences, see Section::sequences
  std::vector<std::uint32_t> passage_tokens, passage_begins;
  std::vector<std::string> title_words;

 private:
  using Terms = std::vector<std::uint32_t>;

  // The terms of a text, appended to `out`; its words are counted in the dictionary.
  void analyse(std::string_view text, Terms& out);
  std::uint32_t term_of(std::string_view word);
  void count_field(Field field, const Terms& terms);
  void count_passage(const Terms& title, const Terms& headings, const Terms& body);
  void add_passages(const PublicationWords& publication, const Terms& title, Terms& headings);

  bool hide_titles_;
  std::uint32_t publication_ = 0;
  std::uint32_t passage_ = 0;
  std::vector<std::string> split_;                     // reused
  std::vector<std::array<std::uint32_t, 3>> counts_;   // [term], zero between passages
  std::vector<std::uint32_t> last_publication_;        // [term]
};

}  // namespace beffroi::search
