#include "knowledge/split.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace beffroi::knowledge {

namespace {

constexpr std::size_t kLongBytes = 3000;  // about 450 words; 99 passages in 100 are shorter

bool refers_back(std::string_view text) {
  static constexpr std::array<std::string_view, 22> kTurns = {
      "Sauf",         "Toutefois",     "Cependant",   "Mais ", "Néanmoins", "Dans ce", "Dans le cas contraire",
      "À défaut",     "Par exception", "En revanche", "Sinon", "Ce ",       "Cet ",    "Cette ",
      "Ces ",         "Il ",           "Elle ",       "Ils ",  "Elles ",    "Celui",   "Celle",
      "À l'exception"};
  return std::any_of(kTurns.begin(), kTurns.end(), [&](std::string_view turn) { return text.starts_with(turn); });
}

bool may_begin(const Block& block, const Block& before) {
  if (block.kind == BlockKind::definition) return true;
  if (block.kind != BlockKind::paragraph || refers_back(block.text)) return false;
  return !before.text.ends_with(':') && !before.text.ends_with(',') && !before.text.ends_with(';');
}

}  // namespace

void split_long(Passage passage, std::vector<Passage>& into) {
  // What is repeated for every case is repeated for every part of the case.
  const auto said = std::stable_partition(passage.blocks.begin(), passage.blocks.end(), [](const Block& block) { return !block.repeated; });
  const std::vector<Block> repeated(std::make_move_iterator(said), std::make_move_iterator(passage.blocks.end()));
  passage.blocks.erase(said, passage.blocks.end());
  Passage part{{}, passage.sections, passage.conditions, {}};
  std::size_t bytes = 0;
  const auto finish = [&] {
    part.blocks.insert(part.blocks.end(), repeated.begin(), repeated.end());
    into.push_back(std::exchange(part, {{}, passage.sections, passage.conditions, {}}));
    bytes = 0;
  };
  for (Block& block : passage.blocks) {
    const std::size_t more = block.text.size();
    if (!part.blocks.empty() && bytes + more > kLongBytes && may_begin(block, part.blocks.back())) finish();
    bytes += more;
    part.blocks.push_back(std::move(block));
  }
  finish();
}

}  // namespace beffroi::knowledge
