// The one gate that every sentence passes before a person reads it, whoever wrote it: a selector, a model, a template.
//
// verbatim   the sentence is the cited source's own words, whole (spaces, apostrophes, quotes and the final stop aside);
// supported  the sentence says it otherwise, and everything that can be checked was found in the cited sentences: numbers, amounts, dates,
//            delays, names, content words; negations, conditions, exceptions, restrictions, modal force, comparators and « ou » are
//            the same ones, on the same words, none added and none lost; words keep their order but for one clause moved;
// refused    anything else, with the reason. What cannot be checked is refused: the gate fails closed.
//
// It knows no grammar: a true sentence worded freely may be refused (the source's own words are shown instead).
// What is let through wrongly is measured in tests/quality/gate. Pure and thread-safe; about 20 µs for a sentence.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace beffroi::grounding {

struct CitedSentence {
  std::string text;
  std::vector<std::string> conditions;  // condition path it stands under: may be repeated by the sentence, never contradicted
};

enum class Verdict { verbatim, supported, refused };

enum class Reason {
  none,
  unreadable,   // not valid UTF-8, or nothing in it that can be checked
  no_source,    // nothing cited
  too_long,     // over the limits below
  // a figure that the source does not give, or gives elsewhere, or that was dropped
  number,
  date,
  amount,
  percentage,
  delay,
  reference,
  negation,     // « ne … pas », « sans », « aucun », « interdit »
  condition,    // « si », « lorsque », « en cas de », « à condition de »
  exception,    // « sauf », « hors », « à moins que »
  restriction,  // « seulement », « ne … que »
  modal,        // doit, peut, gratuit…
  comparator,   // au moins, au plus, moins de, plus de
  time,         // avant, après, dès, jusqu’à, pendant
  alternative,  // « ou »
  extent,       // tous, certains, en principe, parfois, environ
  name,         // a proper noun, an organisation
  word,         // a content word that the source does not use
  omission,     // part of the cited sentence was left out
  order,        // the words are the source's, their roles may not be
};

struct Decision {
  Verdict verdict = Verdict::refused;
  Reason reason = Reason::none;
  std::string detail;  // the words at fault, as written; personal data is possible: not for logs
};

inline constexpr std::size_t kMaxSentenceBytes = 4000;
inline constexpr std::size_t kMaxCitedBytes = 64000;   // all the cited sentences together
inline constexpr std::size_t kMaxCited = 64;

[[nodiscard]] Decision check(std::string_view sentence, std::span<const CitedSentence> cited);

[[nodiscard]] std::string_view name_of(Verdict verdict);
[[nodiscard]] std::string_view name_of(Reason reason);
[[nodiscard]] std::string_view explain(Reason reason);  // French, for the reader: « une négation change »

}  // namespace beffroi::grounding
