// How alike two short texts look, letter by letter: the cosine of their groups of four letters, rare groups counting more. Sees
// through inflections, compounds and errors that words and stems miss.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/format.h"

namespace beffroi::search {

// Groups of a text, packed, sorted, distinct.
using LetterGroups = std::vector<std::uint32_t>;
[[nodiscard]] LetterGroups letter_groups(std::string_view folded);

// The titles of an index. Immutable, thread-safe; `index` must outlive it.
class TitleLetters {
 public:
  explicit TitleLetters(const IndexFile& index);

 private:
  friend class TitleLikeness;
  [[nodiscard]] std::span<const std::uint32_t> groups_of(std::uint32_t publication) const;
  [[nodiscard]] float squared_weight(std::uint32_t group) const;

  std::unordered_map<std::uint32_t, float> squared_weights_;
  std::vector<std::uint32_t> begins_, groups_;  // of each title
  std::vector<float> lengths_;                  // [publication]
};

// One question against the titles. `letters` must outlive it.
class TitleLikeness {
 public:
  TitleLikeness(const TitleLetters& letters, std::string_view folded_question);
  // 0 to 1.
  [[nodiscard]] float to(std::uint32_t publication) const;

 private:
  const TitleLetters& letters_;
  LetterGroups groups_;
  std::vector<float> squared_weights_;  // of the groups
  float length_ = 0;
};

}  // namespace beffroi::search
