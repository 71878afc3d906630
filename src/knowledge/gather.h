// The inputs of an import → one record for each publication, ready to be stored. Inflating runs on a thread of its own while this one
// parses; what is held is what will be stored, never the inflated inputs.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "knowledge/archive.h"
#include "knowledge/corpus.h"
#include "knowledge/redirections.h"
#include "knowledge/store.h"

namespace beffroi::knowledge {

struct Gathered {
  std::map<std::string, Record> records;  // by id; one for each publication, whatever the number of audiences it was read for
  Redirections redirections;
  std::vector<std::string> rejected;
};

// The same publication read for several audiences is kept once, with all its audiences and the words meant for « Particuliers » first.
// The npm package keeps files that DILA has withdrawn since: those that the index.json beside them does not list are marked so.
// Code::bad_input when nothing is readable or more than one file in a hundred is not.
[[nodiscard]] Result<Gathered> gather(const ImportOptions& options, const std::stop_token& stop);

}  // namespace beffroi::knowledge
