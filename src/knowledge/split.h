// Passages too long to be read at once, cut where the text itself turns a page.
#pragma once

#include <vector>

#include "knowledge/publication.h"

namespace beffroi::knowledge {

// Appends `passage`, whole or in parts that repeat its titles and conditions. A part never begins with a list, a table, a box, or a
// paragraph that refers to what was just said (« Toutefois… », « Sauf… »): a rule keeps its exceptions even in a very long chapter.
void split_long(Passage passage, std::vector<Passage>& into);

}  // namespace beffroi::knowledge
