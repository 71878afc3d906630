// Inside the room: structured content flattened to lines, for places that hold no structure (boxes, cells, contacts, definitions).
#pragma once

#include "knowledge/inline_text.h"

namespace beffroi::knowledge {

// One line for each paragraph, list item or title under `element`, and the links among them. Conditions hold no words.
[[nodiscard]] InlineText lines_under(const Element& element);

// Appends a line, and its links, to a block.
void append_line(Block& block, InlineText line);

}  // namespace beffroi::knowledge
