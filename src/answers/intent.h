// What kind of request a question is, before any search: most are plain questions; the others have an answer that no source gives.
//
// Rules over words, in intent_rules.cpp, general on purpose: they name what the service may not do, not the sentences of a test.
// A question is data: nothing written in it changes a rule.
#pragma once

#include <string_view>

namespace beffroi::answers {

enum class Intent {
  question,        // search and answer
  greeting,        // « Bonjour », « Merci »
  override_rules,  // asks to ignore, reveal or replace the rules, to play another role, to act on the system
  personal_data,   // asks for data about a person, or to keep one's own
  political,       // asks for an opinion on persons, parties, votes
  illegal,         // asks for help to break the law or discriminate, or for an invented text
  own_case,        // « où en est mon dossier », a personal decision: a person must answer
  distress,        // someone is not well, without a danger that calls for help at once
  local,           // hours, places, dates, names that only this town hall knows
  foreign,         // not written in French
};

[[nodiscard]] Intent read_intent(std::string_view question);

// True when the words are those of a town's life: a question that the base does not answer is then one for the town hall, never one
// « out of its field ».
[[nodiscard]] bool concerns_the_town(std::string_view question);

}  // namespace beffroi::answers
