#include "search/embedded.h"

// Laid down by embedded.S.
extern "C" {
extern const char beffroi_search_synonyms_begin[];
extern const char beffroi_search_synonyms_end[];
}

namespace beffroi::search {

std::string_view embedded_synonyms() { return {beffroi_search_synonyms_begin, beffroi_search_synonyms_end}; }

}  // namespace beffroi::search
