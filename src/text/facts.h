// What can be checked word for word in a French sentence: numbers in digits and in words, amounts, percentages, durations, dates,
// hours, ordinals, article and form numbers, each in one normal form whatever the way it was written.
//
//   « trois mois », « 3 mois », « un trimestre »   duration  "3 month"          « 1 500 € », « 1500 euros »   amount      "1500 euro"
//   « quinze jours »                               duration  "15 day"           « 12,50 % »                   percentage  "12.5 %"
//   « 14h30 », « 48 heures »                       duration  "870 minute" …     « 1er janvier 2020 »          date        "2020-01-01"
//   « 18 ans »                                     duration  "216 month"        « 31 décembre »               date        "--12-31"
//   « article L. 2121-7 »                          reference "l2121-7"          « 2e », « deuxième »          ordinal     "2"
//
// « un » and « une » count only before a unit. « entre 2 et 5 ans » gives two durations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "text/sentences.h"
#include "text/tokens.h"

namespace beffroi::text {

enum class FactKind { number, ordinal, amount, percentage, duration, date, reference, telephone };

struct Fact {
  FactKind kind = FactKind::number;
  std::string value;
  Slice where;
  bool operator==(const Fact& other) const { return kind == other.kind && value == other.value; }  // wherever it stands
};

// In reading order, never overlapping. Linear in the size of the text. `text` is valid UTF-8.
[[nodiscard]] std::vector<Fact> facts(std::string_view text);

// The same when the tokens of the text are already there.
[[nodiscard]] std::vector<Fact> facts(const std::vector<Token>& tokens);

}  // namespace beffroi::text
