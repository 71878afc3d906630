// Inside the room: a corpus replaced by what was gathered, by an import or from another machine.
#pragma once

#include <filesystem>

#include "base/result.h"
#include "knowledge/corpus.h"
#include "knowledge/gather.h"

namespace beffroi::knowledge {

// Changes whenever a publication or a redirection does, and only then: two machines with the same base agree on it.
[[nodiscard]] std::string generation_of(const Gathered& gathered);

// One transaction for everything; a record whose hash is the stored one is left alone, its body is not looked at. Fills the numbers of
// changes of `report`. Killed at any moment, one whole base is left, and opening it makes its index again when it is not the right one.
[[nodiscard]] Status replace(const std::filesystem::path& folder, const Gathered& gathered, const CorpusInfo& info, ImportReport& report);

}  // namespace beffroi::knowledge
