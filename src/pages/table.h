// Tables that everybody can read: a caption, heads with their scope, and a frame that scrolls by itself, by keyboard too, when the screen is
// narrow. Pure functions of their writer; not thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "pages/html.h"

namespace beffroi::pages {

// Opens the frame and <table> with its caption; two close() end it.
void open_table(Html& html, std::string_view id, std::string_view caption);
// Columns of figures, [begin, end) from 0: their heads are aligned as the figures are.
struct NumberColumns {
  std::size_t begin = 0, end = 0;
};
// <tr><th scope="col">…; an empty one is a cell without words.
void write_heads(Html& html, const std::vector<std::string>& heads, NumberColumns numbers = {});
void write_cell(Html& html, std::string_view text);  // of words
void write_number(Html& html, std::string_view text);  // of figures: aligned on the right

}  // namespace beffroi::pages
