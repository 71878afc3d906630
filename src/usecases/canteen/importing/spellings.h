// The names that files give to canteens, against the canteens known: « CHENE DARON », « École élém. du Chêne d’Aron » are one place.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::canteen {

// M nursery, E elementary, both; unknown when neither the name nor the file tells.
enum class SchoolKind { unknown, nursery, elementary, both };
[[nodiscard]] SchoolKind school_kind(std::string_view text);       // "M", "E", "M/E", « maternelle »…
[[nodiscard]] std::string_view word_of(SchoolKind kind);           // "", "M", "E", "M/E"

struct SiteName {
  std::string name;
  std::string code;                                 // of the other program; may be empty
  SchoolKind kind = SchoolKind::unknown;
};

struct Proposal {
  std::size_t site = 0;   // place in the list given
  double likeness = 0;    // 0 to 1; 1: the same words, and kinds that agree
};

inline constexpr double kSurelyAlike = 0.8;     // proposed as the answer when no other comes near
inline constexpr double kPerhapsAlike = 0.5;    // below, not proposed
inline constexpr double kTooClose = 0.06;       // two proposals nearer than that: the planner chooses

// What is left of a name to compare: folded words, school words taken out, « d’ » joined to its word. The kind comes out of the name when
// `kind` is unknown.
struct NormalName {
  std::vector<std::string> words;
  SchoolKind kind = SchoolKind::unknown;
};
[[nodiscard]] NormalName normal_name(std::string_view name, SchoolKind kind);

[[nodiscard]] double likeness(const NormalName& a, const NormalName& b);

// Best first, five at most, none under kPerhapsAlike. The same code is likeness 1.
[[nodiscard]] std::vector<Proposal> proposals(const SiteName& spelling, const std::vector<SiteName>& sites);

}  // namespace beffroi::canteen
