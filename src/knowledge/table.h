// <Tableau> → rows of cells, each with every header that governs it, and the same table in words.
#pragma once

#include "knowledge/element.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

// A block of kind table; its `rows` are empty when the table has no cell with words.
[[nodiscard]] Block table_block(const Element& table);

}  // namespace beffroi::knowledge
