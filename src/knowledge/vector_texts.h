// The texts that stand for a publication and for its passages among vectors, and which of them have one.
#pragma once

#include <cstdint>
#include <string>

#include "knowledge/publication.h"

namespace beffroi::knowledge {

// « Titre. Introduction ». Hidden titles: the introduction alone, for the evaluation of title-blind search.
[[nodiscard]] std::string title_text(const Publication& publication, bool hide_titles = false);

// « Titre. Chapitre > Condition. Texte », cut after some 250 words. Empty when the passage holds no word of its own.
[[nodiscard]] std::string passage_text(const Publication& publication, const Passage& passage, bool hide_titles = false);

// Tells whether a text changed since its vector was made.
[[nodiscard]] std::uint64_t fingerprint_of(const std::string& text);

}  // namespace beffroi::knowledge
