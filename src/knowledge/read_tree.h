// Bytes of one file → element tree. Both readers keep the same nodes: elements, attributes, and text that is not only spaces.
//
// Refused with Code::bad_input and a French sentence: malformed bytes, invalid UTF-8, entities declared by the file, more than
// kMaxElementDepth levels. Nothing is ever fetched from outside the bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "knowledge/element.h"

namespace beffroi::knowledge {

// DILA's XML.
[[nodiscard]] Status read_xml(std::string_view bytes, Tree& tree);

// The same tree as the npm package writes it: {"children": [{"type": "element", "name": …, "attributes": {…}, "children": […]}]}.
[[nodiscard]] Status read_json(std::string_view bytes, Tree& tree);

// The identifiers of an index.json of the npm package: a plain list of strings. Empty when the file is anything else.
[[nodiscard]] std::vector<std::string> read_json_list(std::string_view bytes);

}  // namespace beffroi::knowledge
