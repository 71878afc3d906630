// How alike two short texts look, letter by letter: the cosine of their groups of four letters, rare groups counting more. Sees
// through inflections, compounds and errors that words and stems miss.
#pragma once

#include <cstdint>
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
  // 0 to 1.
  [[nodiscard]] float likeness(const LetterGroups& query, std::uint32_t publication) const;

 private:
  [[nodiscard]] float weight(std::uint32_t group) const;
  [[nodiscard]] float length(const LetterGroups& groups) const;

  const IndexFile& index_;
  std::unordered_map<std::uint32_t, float> weights_;
  std::vector<float> lengths_;  // [publication]
};

}  // namespace beffroi::search
