// A long number as people write it: digits in groups, with spaces, dots, dashes, slashes or a line break between them, and the letters
// that a scanner puts in the place of digits (O, I, l).
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "privacy/tokens.h"

namespace beffroi::privacy {

struct Number {
  struct Group {
    std::uint8_t digits = 0;      // of this group
    std::uint8_t total = 0;       // of the number, this group included
    char separator = 0;           // before it: ' ', '.', '-', '/', '\n'…; 0 for the first
    std::size_t end = 0;          // token after it
  };
  static constexpr std::size_t kDigits = 34, kGroups = 20;

  std::array<char, kDigits> digits{};
  std::array<Group, kGroups> groups{};
  std::size_t count = 0;          // of groups
  bool corsican = false;          // holds the A or B of 2A, 2B

  [[nodiscard]] std::string_view first(std::size_t wanted) const { return {digits.data(), wanted}; }
  // The group at which the number has exactly `wanted` digits; kGroups when none.
  [[nodiscard]] std::size_t group_at(std::size_t wanted) const {
    for (std::size_t i = 0; i < count; ++i) {
      if (groups[i].total == wanted) return i;
    }
    return kGroups;
  }
};

// Reads from `at`, as far as the groups go. Empty (count 0) when no number begins there. Linear.
[[nodiscard]] Number read_number(const Tokens& tokens, std::size_t at);

}  // namespace beffroi::privacy
