// The sentences that may answer, taken from the publications that search found, each knowing its place and what it depends on.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/publication.h"
#include "search/search.h"
#include "text/sentences.h"

namespace beffroi::answers {

// One publication found, opened.
struct Found {
  std::shared_ptr<const knowledge::Publication> publication;
  search::Hit hit;
  std::size_t rank = 0;
};

// A sentence, an item of a list, a row of a table. Slices point into Found::publication, which must outlive it.
struct Extract {
  const Found* found = nullptr;
  const knowledge::Passage* passage = nullptr;
  std::size_t passage_index = 0;   // in the publication
  std::size_t block_index = 0;     // in the passage
  std::size_t order = 0;           // of the sentence in its passage
  text::Slice slice;               // bytes in the block's text
  std::string_view text;
  int lead = -1;                   // the extract that introduces the list or the table this one belongs to
  int before = -1;                 // the extract just before in the passage
  bool leads = false;              // introduces the list or the table that follows
  bool excepts = false;            // « Toutefois… », « Sauf… », « Attention… »: belongs to what comes before
  bool leans = false;              // « Il… », « Dans ce cas… »: cannot be read without what comes before
};

[[nodiscard]] const knowledge::Block& block_of(const Extract& extract);

// Passages read in each publication: those search pointed at, the introduction, and their brothers under other conditions.
inline constexpr std::size_t kMaxPassagesEach = 14;
inline constexpr std::size_t kMaxExtracts = 700;

// In reading order within a publication, publications by rank.
[[nodiscard]] std::vector<Extract> extracts_of(std::span<const Found> found);

}  // namespace beffroi::answers
