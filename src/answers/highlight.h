// The place of a sentence in a publication, and the address of our page that shows it highlighted: shared by what makes the links and by
// what renders the page.
//
//   /fiches/F1341?passage=F1341%23p7&bloc=3&debut=12&fin=80#p7
//
// `bloc` is the index of the block in Passage::blocks; `debut` and `fin` are bytes inside Block::text (fin excluded), as the corpus holds
// it. They fall between characters. A page whose publication has changed since shows the passage without highlight.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "knowledge/publication.h"

namespace beffroi::answers {

struct Highlight {
  std::string passage_id;         // "F1341#p7"; empty means the whole publication
  std::uint32_t block = 0;
  std::uint32_t begin_bytes = 0;
  std::uint32_t end_bytes = 0;    // 0 means no highlight inside the passage
};

// Everything is percent-encoded that must be.
[[nodiscard]] std::string link_to(std::string_view publication_id, const Highlight& highlight);

// The anchor of a passage in its page: "p7" for "F1341#p7".
[[nodiscard]] std::string anchor_of(std::string_view passage_id);

// A highlight received from an address, checked against the passage it names: none when the block does not exist, the range is empty,
// out of the text, or cuts a character.
[[nodiscard]] std::optional<Highlight> checked(const Highlight& received, const knowledge::Passage& passage);

}  // namespace beffroi::answers
