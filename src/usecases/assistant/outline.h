// The headings of a publication's page, found from the chapter titles and the condition path of its passages.
//
// A case inside a chapter (« Pièces à fournir » › « Vous avez un passeport ») stays under the chapter; a situation that holds several
// chapters (« Demande en France » › « Coût », « Délai ») stays above them, as the publisher's tree had it.
#pragma once

#include <string>
#include <vector>

#include "knowledge/publication.h"

namespace beffroi::assistant {

struct Heading {
  std::string text;
  bool condition = false;  // a situation or case, not a chapter
  int depth = 0;           // 0 for the widest
  std::string within;      // a case inside others: « En Île-de-France », joined with « › »
};

struct OutlinedPassage {
  std::vector<Heading> opens;  // the headings that begin just above this passage, widest first
  std::string nearest;         // the last heading above the passage, or empty
  const knowledge::Passage* passage = nullptr;  // borrowed from the publication
};

[[nodiscard]] std::vector<OutlinedPassage> outline(const knowledge::Publication& publication);

}  // namespace beffroi::assistant
