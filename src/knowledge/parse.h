// The bytes of one file → a Publication. Both formats give the same publication. Also what the fuzzers call: any bytes are fine.
#pragma once

#include <string_view>

#include "base/result.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

// Code::bad_input with a French sentence on anything that is not a publication.
[[nodiscard]] Result<Publication> parse_publication_xml(std::string_view bytes);
[[nodiscard]] Result<Publication> parse_publication_json(std::string_view bytes);

}  // namespace beffroi::knowledge
