#include "grounding/coverage.h"

#include <algorithm>
#include <vector>

#include "grounding/atoms.h"

namespace beffroi::grounding {

bool tells_all(std::string_view source, std::span<const std::string> told) {
  std::vector<Atom> said;
  for (const std::string& sentence : told) {
    for (Atom& atom : atoms_of(sentence)) said.push_back(std::move(atom));
  }
  const std::vector<Atom> wanted = atoms_of(source);
  return std::all_of(wanted.begin(), wanted.end(), [&](const Atom& atom) {
    if (atom.kind == AtomKind::mark) return true;  // the gate holds them
    return std::any_of(said.begin(), said.end(), [&](const Atom& other) { return same_atom(atom, other); });
  });
}

}  // namespace beffroi::grounding
