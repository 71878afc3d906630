#include "knowledge/services.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "knowledge/lines.h"

namespace beffroi::knowledge {

namespace {

// Codes, publishers and parts that have a block of their own: not details of this one.
constexpr std::array<std::string_view, 9> kNotDetails = {"Titre",      "Source",  "PivotLocal", "RessourceWeb",        "Condition",
                                                         "NoticeLiee", "LienWeb", "Image",      "ServiceEnLigneAnnexe"};

void append_details(const Element& element, Block& block) {
  for (const Element& child : element) {
    const bool skipped = std::find(kNotDetails.begin(), kNotDetails.end(), child.name) != kNotDetails.end();
    if (!child.is_text() && !skipped) append_line(block, lines_under(child));
  }
}

void append_cerfa(const Element& element, Block& block) {
  const std::string_view number = element.attribute("numerocerfa");
  if (!number.empty()) append_line(block, {fmt::format("Cerfa n° {}", number), {}});
}

std::string address_of(const Element& element) {
  if (!element.attribute("URL").empty()) return std::string(element.attribute("URL"));
  for (const Element& child : element) {
    if ((child.name == "RessourceWeb" || child.name == "LienWeb") && !child.attribute("URL").empty())
      return std::string(child.attribute("URL"));
  }
  return {};
}

Block titled(const Element& element, BlockKind kind, std::string title) {
  Block block;
  block.kind = kind;
  block.url = address_of(element);
  if (title.empty()) title = element.child("Titre") != nullptr ? words_of_child(element, "Titre") : words_under(element);
  const std::string_view id = element.attribute("ID");
  if (kind == BlockKind::service && is_publication_id(id)) block.links.push_back({title, {}, std::string(id)});
  append_line(block, {std::move(title), {}});
  return block;
}

}  // namespace

bool is_contact(const Element& element) { return element.name == "OuSAdresser" || element.name == "OuSAdresserSupport"; }

bool is_service(const Element& element) {
  return element.name == "ServiceEnLigne" || element.name == "ServiceEnLigneAlternatif" || element.name == "ServiceEnLigneAnnexe" ||
         element.name == "NoticeLiee" || element.name == "LienWeb";
}

Block contact_block(const Element& element) {
  Block block = titled(element, BlockKind::contact, {});
  append_details(element, block);
  return block;
}

std::vector<Block> service_blocks(const Element& element, const std::string& title) {
  std::vector<Block> blocks;
  if (element.name == "NoticeLiee") {
    blocks.push_back(titled(element, BlockKind::service, words_under(element)));
    append_cerfa(element, blocks.back());
    return blocks;
  }
  blocks.push_back(titled(element, BlockKind::service, title));
  append_cerfa(element, blocks.front());
  append_details(element, blocks.front());
  for (const Element& child : element) {
    if (child.name != "NoticeLiee" && child.name != "ServiceEnLigneAnnexe") continue;
    for (Block& more : service_blocks(child)) blocks.push_back(std::move(more));
  }
  return blocks;
}

}  // namespace beffroi::knowledge
