// Files of this folder that the program carries (embedded.S).
#pragma once

#include <string_view>

namespace beffroi::search {

[[nodiscard]] std::string_view embedded_synonyms();

}  // namespace beffroi::search
