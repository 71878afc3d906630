// Files of this folder that the program carries (embedded.S).
#pragma once

#include <string_view>

namespace beffroi::search {

[[nodiscard]] std::string_view embedded_synonyms();
// Written by tools/train.
[[nodiscard]] std::string_view embedded_words_model();
[[nodiscard]] std::string_view embedded_words_relevance();
[[nodiscard]] std::string_view embedded_titles_model();
[[nodiscard]] std::string_view embedded_titles_relevance();
[[nodiscard]] std::string_view embedded_meaning_model();
[[nodiscard]] std::string_view embedded_meaning_relevance();

}  // namespace beffroi::search
