#include "knowledge/table.h"

#include <doctest/doctest.h>

#include "knowledge/element.h"
#include "knowledge/read_tree.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using Strings = std::vector<std::string>;

namespace {

Block read(const std::string& xml) {
  Tree tree;
  REQUIRE(read_xml("<Tableau>" + xml + "</Tableau>", tree));
  return table_block(*tree.root);
}

std::string cell(const std::string& text, const std::string& attributes = {}) {
  return "<Cellule " + attributes + "><Paragraphe>" + text + "</Paragraphe></Cellule>";
}
std::string row(const std::string& cells) { return "<Rangée type=\"normal\">" + cells + "</Rangée>"; }
std::string header(const std::string& cells) { return "<Rangée type=\"header\">" + cells + "</Rangée>"; }

const std::string kColumns = "<Colonne type=\"header\"/><Colonne type=\"normal\"/><Colonne type=\"normal\"/>";

}  // namespace

TEST_CASE("two levels of column headers and the header of the row reach every cell") {
  const Block table = read("<Titre>Plafonds</Titre>" + kColumns +
                           header(cell("Enfants", "fusionVerticale=\"2\"") + cell("Ressources", "fusionHorizontale=\"2\"")) +
                           header(cell("Seul") + cell("Couple")) + row(cell("1") + cell("20 000 €") + cell("25 000 €")) +
                           row(cell("2") + cell("23 000 €") + cell("28 000 €")));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.header_rows == Strings{"Enfants", "Ressources › Seul", "Ressources › Couple"});
  CHECK(table.rows[1][2].text == "28 000 €");
  CHECK(table.rows[1][2].headers == Strings{"Ressources", "Couple", "2"});
  CHECK(table.text ==
        "Plafonds\nEnfants : 1 — Ressources › Seul : 20 000 € ; Ressources › Couple : 25 000 €\n"
        "Enfants : 2 — Ressources › Seul : 23 000 € ; Ressources › Couple : 28 000 €");
}

TEST_CASE("a merged cell governs every row it covers, and is said once in each") {
  const Block table =
      read(kColumns + header(cell("Âge") + cell("Durée") + cell("Prix")) +
           row(cell("18 ans") + cell("10 ans", "fusionVerticale=\"2\"") + cell("86 €")) + row(cell("15 ans") + cell("42 €")));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[1][1].text == "10 ans");
  CHECK(table.rows[1][2].text == "42 €");
  CHECK(table.rows[1][2].headers == Strings{"Prix", "15 ans"});
  CHECK(table.text == "Âge : 18 ans — Durée : 10 ans ; Prix : 86 €\nÂge : 15 ans — Durée : 10 ans ; Prix : 42 €");
}

TEST_CASE("a band across the table names the rows that follow it, under the same column headers") {
  const Block table =
      read("<Colonne/><Colonne/>" + header(cell("Pays") + cell("Visa")) + header(cell("Europe", "fusionHorizontale=\"2\"")) +
           row(cell("Suisse") + cell("non")) + header(cell("Asie", "fusionHorizontale=\"2\"")) + row(cell("Chine") + cell("oui")));
  REQUIRE(table.rows.size() == 2);
  CHECK(table.rows[0][1].headers == Strings{"Visa", "Europe"});
  CHECK(table.rows[1][1].headers == Strings{"Visa", "Asie"});
}

TEST_CASE("a plain row that only names the columns under a merged header is a header") {
  const Block table = read("<Colonne/><Colonne/><Colonne/>" + header(cell("Lieu") + cell("Seuils", "fusionHorizontale=\"2\"")) +
                           row(cell("") + cell("En sous-sol") + cell("En étage")) + row(cell("Salle") + cell("20") + cell("50")));
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0][2].headers == Strings{"Seuils", "En étage"});
  const Block data = read("<Colonne/><Colonne/><Colonne/>" + header(cell("Lieu") + cell("Prix", "fusionHorizontale=\"2\"")) +
                          row(cell("Nord") + cell("20") + cell("50")));
  REQUIRE(data.rows.size() == 1);
  CHECK(data.text == "Lieu : Nord ; Prix : 20 / 50");
}

TEST_CASE("odd tables lose no word and break nothing") {
  CHECK(read(row(cell("seul"))).text == "seul");
  CHECK(read(header(cell("titre") + cell("seul"))).text == "titre ; seul");
  CHECK(read("").text.empty());
  const Block wide = read(row(cell("large", "fusionHorizontale=\"99999999999\" fusionVerticale=\"-3\"") + cell("perdu ?")));
  CHECK(wide.text.find("large") == 0);
  const Block list =
      read(row("<Cellule><Paragraphe>Fournir :</Paragraphe><Liste><Item><Paragraphe>carte</Paragraphe></Item><Item><Paragraphe>photo"
               "</Paragraphe></Item></Liste></Cellule>"));
  CHECK(list.text == "Fournir : carte, photo");
  CHECK(list.rows[0][0].text == "Fournir :\ncarte\nphoto");
}
