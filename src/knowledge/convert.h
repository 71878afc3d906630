// Element tree → Publication. The one converter behind every format, so that the same publication is the same whatever it came in.
#pragma once

#include "base/result.h"
#include "knowledge/element.h"
#include "knowledge/publication.h"

namespace beffroi::knowledge {

// Code::bad_input, in French, when the root is not a publication or has no identifier, title or date.
[[nodiscard]] Result<Publication> convert(const Element& root);

}  // namespace beffroi::knowledge
