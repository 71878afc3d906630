// The text of a charter as HTML: « # … » is a title, « - … » an item, the rest paragraphs between empty lines. Everything is escaped.
#pragma once

#include <string_view>

#include "pages/html.h"

namespace beffroi::oversight {

// The first title is the page's <h1>, the others <h2>; a text without a title gets one.
void write_charter(pages::Html& html, std::string_view text);

}  // namespace beffroi::oversight
