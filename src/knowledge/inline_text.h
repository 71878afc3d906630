// The words of a mixed-content element as a reader sees them, and the links among them.
#pragma once

#include <string>
#include <vector>

#include "knowledge/element.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

struct InlineText {
  std::string text;         // spaces squeezed, ends trimmed
  std::vector<Link> links;  // in order
};

// All the words under `element` (or of a run of text itself). The base leaves out some spaces between neighbouring elements and puts line breaks before closing
// marks: « au moins<Valeur>120 jours » reads « au moins 120 jours », « dématérialisé⏎. » reads « dématérialisé. ».
[[nodiscard]] InlineText inline_text(const Element& element);

// The words alone.
[[nodiscard]] std::string words_under(const Element& element);
// The words of the first child of that name; empty when there is none.
[[nodiscard]] std::string words_of_child(const Element& element, std::string_view name);

// True for the identifier of a publication: F, N or R followed by digits only.
[[nodiscard]] bool is_publication_id(std::string_view id);

}  // namespace beffroi::knowledge
