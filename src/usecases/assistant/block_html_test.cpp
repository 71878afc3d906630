#include "usecases/assistant/block_html.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::assistant;
using knowledge::Block;
using knowledge::BlockKind;

namespace {

Block block(BlockKind kind, std::string text, int depth = 0) {
  Block made;
  made.kind = kind;
  made.text = std::move(text);
  made.depth = depth;
  return made;
}

std::string written(const std::vector<Block>& blocks, const std::optional<answers::Highlight>& highlight = {}) {
  Html html;
  write_blocks(html, {blocks, "Coût", highlight});
  return html.take();
}

std::string marked(const Block& paragraph, std::size_t begin, std::size_t end) {
  Html html;
  write_text(html, paragraph, MarkedBytes{begin, end});
  return html.take();
}

}  // namespace

TEST_CASE("the cited sentence is marked in its place") {
  const Block paragraph = block(BlockKind::paragraph, "C’est gratuit. Sauf en cas de perte.");
  CHECK(marked(paragraph, 17, 38) == "C’est gratuit. <mark>Sauf en cas de perte.</mark>");
}

TEST_CASE("hostile or stale offsets never cut a character nor leave the text") {
  const Block paragraph = block(BlockKind::paragraph, "été <b>");
  CHECK(marked(paragraph, 1, 4) == "<mark>été</mark> &lt;b&gt;");
  CHECK(marked(paragraph, 900, 1) == "été &lt;b&gt;");
  CHECK(marked(paragraph, 0, static_cast<std::size_t>(-1)) == "<mark>été &lt;b&gt;</mark>");
}

TEST_CASE("links are found in order inside the text, and a mark may cross them") {
  Block paragraph = block(BlockKind::paragraph, "Voir la mairie ou la mairie déléguée.");
  paragraph.links = {{"la mairie", "https://exemple.fr/1", ""}, {"la mairie", "", "F 2"}, {"absent", "https://exemple.fr/3", ""}};
  CHECK(
      marked(paragraph, 0, 10) ==
      "<mark>Voir </mark><a href=\"https://exemple.fr/1\"><mark>la ma</mark>irie</a> ou <a href=\"/fiches/F%202\">la mairie</a> déléguée.");
}

TEST_CASE("a hostile address in a source is shown as plain text") {
  Block paragraph = block(BlockKind::paragraph, "Cliquez ici");
  paragraph.links = {{"ici", "javascript:alert(1)", ""}};
  CHECK(marked(paragraph, 0, 0) == "Cliquez ici");
}

TEST_CASE("list items nest by depth") {
  CHECK(written({block(BlockKind::list_item, "a"), block(BlockKind::list_item, "b", 1), block(BlockKind::list_item, "c"),
                 block(BlockKind::paragraph, "d")}) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><p>d</p>");
}

TEST_CASE("a list that begins deep then comes back stays well formed") {
  CHECK(written({block(BlockKind::list_item, "a", 2), block(BlockKind::list_item, "b", 0)}) == "<ul><li>a</li></ul><ul><li>b</li></ul>");
}

TEST_CASE("a table keeps its headers, its caption and marks the cited row") {
  Block table = block(BlockKind::table, "Prix du passeport\nMajeur — Prix : 86 €\nMineur — Prix : 17 €");
  table.header_rows = {"", "Prix"};
  table.rows = {{{"Majeur", {}}, {"86 €", {"Prix", "Majeur"}}}, {{"Mineur", {}}, {"17 €", {"Prix", "Mineur"}}}};
  answers::Highlight highlight{"F1#p0", 0, 20, 30};
  CHECK(
      written({table}, highlight) ==
      "<div class=\"table-frame\" role=\"group\" aria-label=\"Prix du passeport\" tabindex=\"0\"><table><caption>Prix du passeport</caption>"
      "<thead><tr><td></td><th scope=\"col\">Prix</th></tr></thead><tbody>"
      "<tr class=\"row-cited\"><th scope=\"row\"><mark>Majeur</mark></th><td><mark>86 €</mark></td></tr>"
      "<tr><th scope=\"row\">Mineur</th><td>17 €</td></tr></tbody></table></div>");
}

TEST_CASE("a table without a title takes the nearest heading") {
  Block table = block(BlockKind::table, "86 €");
  table.rows = {{{"86 €", {}}}};
  CHECK(written({table}).find("<caption>Coût</caption>") != std::string::npos);
}

TEST_CASE("warnings and notes say what they are") {
  CHECK(written({block(BlockKind::warning, "Attention : sur rendez-vous.")}) ==
        "<div class=\"callout callout-warning\"><p><strong>Attention :</strong> sur rendez-vous.</p></div>");
}

TEST_CASE("a box repeated with each case is left out, unless its passage is cited") {
  Block box = block(BlockKind::note, "À savoir : gratuit.");
  box.repeated = true;
  CHECK(written({box}).empty());
  CHECK_FALSE(written({box}, answers::Highlight{"F1#p0", 0, 0, 4}).empty());
}

TEST_CASE("a contact is its name, linked, then its details") {
  Block contact = block(BlockKind::contact, "Mairie\nSur rendez-vous");
  contact.url = "https://exemple.fr";
  Html html;
  write_address(html, contact);
  CHECK(html.take() ==
        "<p class=\"address-title\"><a href=\"https://exemple.fr\">Mairie</a></p><p class=\"address-detail\">Sur rendez-vous</p>");
}
