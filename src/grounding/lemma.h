// When are two French words the same word, inflection aside? « demandée » and « demandent » are; « employé » and « employeur »,
// « locataire » and « location », « majeur » and « mineur » are not. Made for the gate: it would rather say no.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace beffroi::grounding {

// A word has up to two forms: as a noun or adjective (number and gender removed), and as a verb (ending removed).
struct Lemma {
  std::array<std::string, 2> forms;  // forms[1] may be empty
};

// `word` is folded (text/tokens.h). Synonyms of administrative French that are safe everywhere have the same forms.
[[nodiscard]] Lemma lemma_of(std::string_view word);

[[nodiscard]] bool same_word(const Lemma& a, const Lemma& b);

// Words that carry no fact of their own: articles, pronouns, auxiliaries, most prepositions, and verbs such as « effectuer ».
// Negations, modals, conditions and the like are not among them: they are read before.
[[nodiscard]] bool is_function_word(std::string_view word);

}  // namespace beffroi::grounding
