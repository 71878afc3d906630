// Where each atom of a sentence comes from in the cited sentences.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "grounding/atoms.h"
#include "grounding/gate.h"

namespace beffroi::grounding {

inline constexpr int kContext = -1;         // the condition path: may be repeated, need not be
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

struct SourceAtom {
  Atom atom;
  int sentence = kContext;
};

[[nodiscard]] std::vector<SourceAtom> source_atoms(std::span<const CitedSentence> cited);

struct Alignment {
  std::vector<std::size_t> places;  // for each atom of the sentence, its place in the source, or kNowhere
  int breaks = 0;                   // times the reading goes backwards in the source
};

// The alignment that goes backwards least. An atom the source has not is nowhere.
[[nodiscard]] Alignment align(std::span<const Atom> sentence, std::span<const SourceAtom> source);

}  // namespace beffroi::grounding
