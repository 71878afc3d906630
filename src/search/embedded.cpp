#include "search/embedded.h"

// Laid down by embedded.S.
#define BEFFROI_EMBEDDED(name)                           \
  extern "C" const char beffroi_search_##name##_begin[]; \
  extern "C" const char beffroi_search_##name##_end[];   \
  std::string_view beffroi::search::embedded_##name() { return {beffroi_search_##name##_begin, beffroi_search_##name##_end}; }

BEFFROI_EMBEDDED(synonyms)
BEFFROI_EMBEDDED(words_model)
BEFFROI_EMBEDDED(words_relevance)
BEFFROI_EMBEDDED(titles_model)
BEFFROI_EMBEDDED(titles_relevance)
BEFFROI_EMBEDDED(meaning_model)
BEFFROI_EMBEDDED(meaning_relevance)
