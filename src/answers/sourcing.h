// From what was found to what is shown: sources with their link, sentences past the gate, places to ask.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "answers/answer.h"
#include "answers/ask.h"
#include "answers/pool.h"

namespace beffroi::answers {

[[nodiscard]] Source source_of(const knowledge::Publication& publication);
[[nodiscard]] Source source_of(const Extract& extract);

// The extract as a sentence, when the gate of `grounding` lets it pass.
[[nodiscard]] std::optional<Sentence> verified_sentence(const Extract& extract);

// The town hall, with what is known of it.
[[nodiscard]] Contact contact_of(const TownHall& town_hall);
// « Où s’adresser » and online services of a publication: of the passages shown first.
[[nodiscard]] std::vector<Contact> contacts_of(const knowledge::Publication& publication, std::span<const std::string> passage_ids);

}  // namespace beffroi::answers
