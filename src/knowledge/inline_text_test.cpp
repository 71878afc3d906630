#include "knowledge/inline_text.h"

#include <doctest/doctest.h>

#include "knowledge/element.h"
#include "knowledge/read_tree.h"

using namespace beffroi;
using namespace beffroi::knowledge;

namespace {

InlineText read(const std::string& xml) {
  Tree tree;
  REQUIRE(read_xml("<P>" + xml + "</P>", tree));
  return inline_text(*tree.root);
}

}  // namespace

TEST_CASE("spaces are squeezed, those that the layout of the file put before a mark are dropped") {
  CHECK(read("  un\u00a0deux \n trois\u202f! ").text == "un deux trois !");
  CHECK(read("est <LienExterne URL=\"https://a.fr\">dématérialisé</LienExterne>\n\n. Si").text == "est dématérialisé. Si");
  CHECK(read("né (ou <MiseEnEvidence>mort</MiseEnEvidence>\n) ici").text == "né (ou mort) ici");
  CHECK(read("le\u00adcode\u200b").text == "lecode");
}

TEST_CASE("spaces missing around amounts and between elements are given back, not those of exponents") {
  CHECK(read("au moins<Valeur>120 jours</Valeur>par an").text == "au moins 120 jours par an");
  CHECK(read("le 1<Exposant>er</Exposant> mai, 4 m<Exposant>2</Exposant>").text == "le 1er mai, 4 m2");
  CHECK(read("<Valeur>10 €</Valeur><LienInterne LienPublication=\"F1\">ici</LienInterne>").text == "10 € ici");
  CHECK(read("(<Valeur>10 €</Valeur>)").text == "(10 €)");
}

TEST_CASE("links keep their label and where they lead; sigles and glossary words lead nowhere else") {
  const InlineText found = read(
      "Voir <LienInterne LienPublication=\"F14807\" type=\"Fiche d'information\">un "
      "<MiseEnEvidence>justificatif</MiseEnEvidence></LienInterne>, "
      "<LienExterne URL=\"https://ants.gouv.fr\">l'ANTS</LienExterne>, la <LienInterne LienPublication=\"R1\" "
      "type=\"Sigle\">CAF</LienInterne> et "
      "<LienIntra LienID=\"R43989\" type=\"Définition de glossaire\">la naissance</LienIntra>.");
  CHECK(found.text == "Voir un justificatif, l'ANTS, la CAF et la naissance.");
  REQUIRE(found.links.size() == 2);
  CHECK(found.links[0].label == "un justificatif");
  CHECK(found.links[0].target == "F14807");
  CHECK(found.links[1].url == "https://ants.gouv.fr");
}

TEST_CASE("identifiers of publications are told from the rest") {
  CHECK(is_publication_id("F1341"));
  CHECK(is_publication_id("N19810"));
  CHECK_FALSE(is_publication_id("N358-1"));
  CHECK_FALSE(is_publication_id("F"));
  CHECK_FALSE(is_publication_id("servicesEnLigne"));
  CHECK_FALSE(is_publication_id("F12345678901234567890"));
}
