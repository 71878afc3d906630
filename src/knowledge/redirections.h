// redirections.xml: identifiers that DILA retired, and the publication that answers for each.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::knowledge {

using Redirections = std::map<std::string, std::string>;  // retired id → id, chains already followed

// Adds the redirections of one file. Each element that names two publications, in attributes, words or addresses, redirects the first
// to the second (or to the one its name calls the target). Code::bad_input on malformed XML.
[[nodiscard]] Status read_redirections(std::string_view xml, Redirections& into);

// Chains become direct, circles are dropped: following one step is enough. Running it again changes nothing.
void straighten(Redirections& redirections);

}  // namespace beffroi::knowledge
