// A sentence as the gate compares it: the sequence of what can make it true or false, function words gone.
#pragma once

#include <string_view>
#include <vector>

#include "grounding/lemma.h"
#include "grounding/phrases.h"
#include "text/facts.h"

namespace beffroi::grounding {

enum class AtomKind { word, name, fact, mark };

struct Atom {
  AtomKind kind = AtomKind::word;
  Lemma lemma;                // word, name
  text::Fact fact;            // fact
  Meaning meaning;            // mark
  std::string_view lead;      // the preposition it stands under: « à », « de », « pour »…; empty when there is none
  text::Slice where;
  int segment = 0;            // stretch between marks of punctuation
  bool parenthesis = false;
};

// In reading order. Equal modals with nothing between them are one (« il faut obligatoirement »).
[[nodiscard]] std::vector<Atom> atoms_of(std::string_view sentence);

[[nodiscard]] bool same_atom(const Atom& a, const Atom& b);

}  // namespace beffroi::grounding
