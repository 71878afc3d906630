// A run of words that may be a name: « Marie-Thérèse DE LA TOUR », « J.-P. Costa », « zoé guérin ».
#pragma once

#include <array>
#include <cstddef>

#include "privacy/tokens.h"

namespace beffroi::privacy {

struct Run {
  static constexpr std::size_t kParts = 10;
  std::size_t begin = 0, end = 0;              // tokens; equal when there is no run
  std::array<std::size_t, kParts> parts{};     // the words, particles left out
  std::size_t count = 0;
  bool initials = false;                       // holds « J. »

  [[nodiscard]] bool empty() const { return begin == end; }
};

// Words with a capital, initials, and the particles between them.
[[nodiscard]] Run capital_run(const Tokens& tokens, std::size_t at);
// Small letters, right after a civility or a first name: words that the language does not have, or that people bear.
[[nodiscard]] Run small_run(const Tokens& tokens, std::size_t at, std::size_t parts_max);

[[nodiscard]] bool is_initial(const Tokens& tokens, std::size_t at);
// A word of the language that nobody is called.
[[nodiscard]] bool is_plain(const Tokens& tokens, std::size_t at);
[[nodiscard]] bool is_unknown(const Tokens& tokens, std::size_t at);
// « école maternelle … », « rue du … », « société … » right before `at`: it names a place or a firm.
[[nodiscard]] bool names_place_or_firm(const Tokens& tokens, std::size_t at);
[[nodiscard]] bool begins_sentence(const Tokens& tokens, std::size_t at);

// `run` without the plain words at its ends.
[[nodiscard]] Run trimmed(const Tokens& tokens, const Run& run);
[[nodiscard]] Run cut_at(const Tokens& tokens, const Run& run, std::size_t first_part, std::size_t parts);

}  // namespace beffroi::privacy
