// What a model wrote, cut into sentences and cleaned, and the part of the check that the gate of `grounding` leaves out: who is spoken
// of, when, and marks that are not words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beffroi::answers {

// The sentences of a reply: bullets, numbers of lists and marks of emphasis gone. `cut`: the reply was stopped, its last sentence with it.
[[nodiscard]] std::vector<std::string> written_sentences(std::string_view reply, bool cut);

// False when a sentence speaks of someone else than the source (« il » for « vous », « nous »), in another time (« était », « serait »), asks
// or exclaims where the source tells, or holds a character that French prose and the source do not.
[[nodiscard]] bool keeps_tone(std::string_view sentence, std::string_view source);

}  // namespace beffroi::answers
