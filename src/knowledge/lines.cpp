#include "knowledge/lines.h"

#include <string_view>

#include "knowledge/table.h"

namespace beffroi::knowledge {

namespace {

bool holds_blocks(const Element& element) {
  for (const Element& child : element) {
    for (const std::string_view block :
         {"Paragraphe", "Liste", "Item", "Texte", "Titre", "Chapitre", "SousChapitre", "Tableau", "Contenu", "FragmentConditionne"}) {
      if (child.name == block) return true;
    }
  }
  return false;
}

void append(InlineText& out, InlineText line) {
  if (line.text.empty()) return;
  if (!out.text.empty()) out.text += '\n';
  out.text += line.text;
  out.links.insert(out.links.end(), std::make_move_iterator(line.links.begin()), std::make_move_iterator(line.links.end()));
}

void gather(const Element& element, InlineText& out) {
  if (!holds_blocks(element)) {
    append(out, inline_text(element));
    return;
  }
  for (const Element& child : element) {
    if (child.name == "Condition") continue;
    if (child.name == "Tableau") {
      Block table = table_block(child);
      append(out, {std::move(table.text), std::move(table.links)});
    } else {
      gather(child, out);
    }
  }
}

}  // namespace

InlineText lines_under(const Element& element) {
  InlineText out;
  gather(element, out);
  return out;
}

void append_line(Block& block, InlineText line) {
  if (line.text.empty()) return;
  if (!block.text.empty()) block.text += '\n';
  block.text += line.text;
  block.links.insert(block.links.end(), std::make_move_iterator(line.links.begin()), std::make_move_iterator(line.links.end()));
}

}  // namespace beffroi::knowledge
