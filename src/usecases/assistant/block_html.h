// The blocks of a passage as HTML: paragraphs, nested lists, tables with their headers, callouts, services; links inside the text,
// and the highlighted sentence. Only for pages_*.cpp.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "answers/highlight.h"
#include "knowledge/publication.h"
#include "pages/html.h"

namespace beffroi::assistant {

using pages::Html;

struct PassageBlocks {
  const std::vector<knowledge::Block>& blocks;
  std::string_view heading;                  // nearest heading, names the tables that have no title
  std::optional<answers::Highlight> highlight;  // of this very passage, or empty
};
// A passage that is not cited leaves out the boxes repeated in it for its own sake.
void write_blocks(Html& html, const PassageBlocks& passage);

// Text with its links, bytes [begin_bytes, end_bytes) inside <mark>. Bytes out of range or inside a character are brought back.
struct MarkedBytes {
  std::size_t begin = 0, end = 0;
};
void write_text(Html& html, const knowledge::Block& block, const std::optional<MarkedBytes>& marked);

// A contact, an online service or a form: its name, linked, then its details.
void write_address(Html& html, const knowledge::Block& block, const std::optional<MarkedBytes>& marked = std::nullopt);

// To another publication of the base, to an outside address, or the label alone.
void write_link(Html& html, const knowledge::Link& link);

}  // namespace beffroi::assistant
