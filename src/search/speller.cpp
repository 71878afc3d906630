#include "search/speller.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdlib>
#include <tuple>

namespace beffroi::search {

namespace {

constexpr std::size_t kMinLetters = 4;
constexpr std::size_t kMaxLetters = 40;

// 0 when it is not made of lower-case letters only.
std::uint32_t letters_of(std::string_view word) {
  std::uint32_t letters = 0;
  for (const char c : word) {
    if (c < 'a' || c > 'z') return 0;
    letters |= 1U << (c - 'a');
  }
  return letters;
}

// The same letters in another order: the only error forgiven in a word of four letters, where one letter makes another word.
bool is_swap(std::string_view a, std::string_view b) { return std::ranges::is_permutation(a, b); }

}  // namespace

int edit_distance(std::string_view a, std::string_view b, int limit) {
  if (a.size() > kMaxLetters || b.size() > kMaxLetters) return a == b ? 0 : limit + 1;
  std::array<std::array<int, kMaxLetters + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& two_above = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int smallest = row[0];
    for (std::size_t j = 1; j <= b.size(); ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
      smallest = std::min(smallest, row[j]);
    }
    if (smallest > limit) return limit + 1;
  }
  return std::min(rows[a.size() % 3][b.size()], limit + 1);
}

std::span<const WordRecord> Speller::words_of_length(std::size_t length) const {
  const auto found = std::ranges::equal_range(index_.words, static_cast<std::uint32_t>(length), {},
                                              [](const WordRecord& word) { return word.text.size_bytes; });
  return {found.begin(), found.end()};
}

bool Speller::knows(std::string_view word) const {
  const auto same_length = words_of_length(word.size());
  return std::ranges::binary_search(same_length, word, {}, [this](const WordRecord& record) { return index_.text(record.text); });
}

std::string_view Speller::correct(std::string_view word) const {
  const std::uint32_t letters = letters_of(word);
  if (word.size() < kMinLetters || word.size() > kMaxLetters || letters == 0 || knows(word)) return word;
  const int limit = word.size() <= 6 ? 1 : 2;
  // Twice the distance, plus one when the first letter differs; then how rare; then the alphabet, so that the answer never wavers.
  using Rank = std::tuple<int, std::int64_t, std::string_view>;
  Rank best{2 * limit + 2, 0, {}};
  for (std::size_t length = word.size() - static_cast<std::size_t>(limit); length <= word.size() + static_cast<std::size_t>(limit);
       ++length) {
    for (const WordRecord& record : words_of_length(length)) {
      if (std::popcount(record.letters ^ letters) > 2 * limit) continue;
      const std::string_view candidate = index_.text(record.text);
      const int distance = edit_distance(word, candidate, limit);
      if (distance > limit || (word.size() <= kMinLetters && !is_swap(word, candidate))) continue;
      best = std::min(best, Rank{2 * distance + (candidate[0] != word[0] ? 1 : 0), -std::int64_t{record.publications}, candidate});
    }
  }
  return std::get<2>(best).empty() ? word : std::get<2>(best);
}

}  // namespace beffroi::search
