#include "knowledge/convert.h"

#include <doctest/doctest.h>

#include <fstream>
#include <random>

#include "base/testing.h"
#include "knowledge/testing/archives.h"
#include "knowledge/codec.h"
#include "knowledge/parse.h"
#include "knowledge/read_tree.h"
#include "knowledge/redirections.h"
#include "knowledge/split.h"
#include "knowledge/words.h"

using namespace beffroi;
using namespace beffroi::knowledge;
using knowledge::testing::Sample;
using knowledge::testing::xml_of;
using Strings = std::vector<std::string>;

namespace {

Publication read(const std::string& content, Sample sample = {}) {
  sample.content = content;
  auto publication = parse_publication_xml(xml_of(sample));
  REQUIRE(publication);
  return std::move(*publication);
}

std::string all_words(const Publication& publication) {
  std::string words;
  for (const Passage& passage : publication.passages) {
    for (const auto* path : {&passage.sections, &passage.conditions}) {
      for (const std::string& title : *path) words += title + "\n";
    }
    for (const Block& block : passage.blocks) words += block.text + "\n";
  }
  return words;
}

const std::string kConditioned = R"(
<Introduction><Texte><Paragraphe>Pour voyager.</Paragraphe></Texte></Introduction>
<ListeSituations affichage="onglet">
  <Situation><Titre>Demande en France</Titre><Condition><estVrai var="T1"/></Condition><Texte>
    <FragmentConditionne><Condition><estVrai var="T2"/></Condition><Paragraphe>Allez en mairie.</Paragraphe></FragmentConditionne>
    <Chapitre><Titre><Paragraphe>Pièces à fournir</Paragraphe></Titre>
      <Paragraphe>Documents originaux.</Paragraphe>
      <BlocCas><Cas><Titre>Vous êtes majeur</Titre><Liste type="puce"><Item><Paragraphe>Photo</Paragraphe><Liste><Item><Paragraphe>récente</Paragraphe></Item></Liste></Item></Liste></Cas>
        <Cas><Titre>Vous êtes mineur</Titre><BlocCas><Cas><Titre>Moins de 12 ans</Titre><Paragraphe>Accord des parents.</Paragraphe></Cas></BlocCas></Cas></BlocCas>
      <Attention><Titre>Attention</Titre><Paragraphe>sauf en cas de perte.</Paragraphe></Attention>
      <Paragraphe>Dans tous les cas, gardez le récépissé.</Paragraphe>
      <SousChapitre><Titre>Photo</Titre><Paragraphe>35 mm.</Paragraphe></SousChapitre>
    </Chapitre></Texte></Situation>
</ListeSituations>)";

}  // namespace

TEST_CASE("every passage carries the titles and the conditions above it, in reading order") {
  const Publication fiche = read(kConditioned);
  REQUIRE(fiche.passages.size() == 7);
  const auto is = [&](std::size_t at, const Strings& sections, const Strings& conditions, std::string_view first) {
    const Passage& passage = fiche.passages[at];
    CHECK(passage.id == "F1#p" + std::to_string(at));
    CHECK(passage.sections == sections);
    CHECK(passage.conditions == conditions);
    CHECK(passage.blocks.front().text == first);
  };
  is(0, {}, {}, "Pour voyager.");
  is(1, {}, {"Demande en France"}, "Allez en mairie.");
  is(2, {"Pièces à fournir"}, {"Demande en France"}, "Documents originaux.");
  is(3, {"Pièces à fournir"}, {"Demande en France", "Vous êtes majeur"}, "Photo");
  is(4, {"Pièces à fournir"}, {"Demande en France", "Vous êtes mineur", "Moins de 12 ans"}, "Accord des parents.");
  is(5, {"Pièces à fournir"}, {"Demande en France"}, "Attention : sauf en cas de perte.");
  is(6, {"Pièces à fournir", "Photo"}, {"Demande en France"}, "35 mm.");
  CHECK(fiche.passages[3].blocks[1].depth == 1);
}

TEST_CASE("a box that follows the cases is said again with each of them, and only with them") {
  const Publication fiche = read(kConditioned);
  for (const std::size_t of_a_case : {3, 4}) {
    const Block& box = fiche.passages[of_a_case].blocks.back();
    CHECK(box.kind == BlockKind::warning);
    CHECK(box.repeated);
    CHECK(box.text == "Attention : sauf en cas de perte.");
  }
  for (const std::size_t other : {0, 1, 2, 6}) CHECK_FALSE(fiche.passages[other].blocks.back().repeated);
  REQUIRE(fiche.passages[5].blocks.size() == 2);
  CHECK_FALSE(fiche.passages[5].blocks[0].repeated);
  CHECK(body_words(fiche.passages[3]) == "Photo\nrécente");
}

TEST_CASE("a line in bold alone titles what follows it, unless it is a sentence, a number or the lead of a list") {
  const auto bold = [](const std::string& words) { return "<Paragraphe><MiseEnEvidence>" + words + "</MiseEnEvidence></Paragraphe>"; };
  const Publication fiche =
      read("<Texte><Chapitre><Titre>Aide</Titre><Paragraphe>Avant.</Paragraphe>" + bold("Montant") + "<Paragraphe>100 €.</Paragraphe>" +
           bold("01 02 03 04 05") + bold("Retenez ceci.") + bold("Durée") + "<Liste><Item><Paragraphe>un an</Paragraphe></Item></Liste>" +
           bold("À fournir :") + "<Paragraphe>RIB</Paragraphe>" + bold("Dernière ligne") +
           "</Chapitre><Chapitre><Titre>Recours</Titre><Paragraphe>Au juge.</Paragraphe></Chapitre></Texte>");
  REQUIRE(fiche.passages.size() == 4);
  CHECK(fiche.passages[0].sections == Strings{"Aide"});
  CHECK(fiche.passages[1].sections == Strings{"Aide", "Montant"});
  CHECK(fiche.passages[1].blocks.size() == 3);
  CHECK(fiche.passages[2].sections == Strings{"Aide", "Durée"});
  CHECK(fiche.passages[2].blocks.back().text == "Dernière ligne");
  CHECK(fiche.passages[3].sections == Strings{"Recours"});
}

TEST_CASE("metadata, references, contacts, services and related pages find their place") {
  Sample sample;
  sample.audience = "Professionnels";
  const Publication fiche = read(R"(
    <SousThemePere ID="N2">Identité</SousThemePere><DossierPere ID="N3"><Titre>Carte</Titre><Fiche ID="F1">Perte</Fiche></DossierPere>
    <Avertissement ID="A1" date="2020-01-01"><Titre>Crise</Titre><Texte><Paragraphe>Délais allongés.</Paragraphe></Texte></Avertissement>
    <Introduction><Texte><Paragraphe>En bref.</Paragraphe></Texte></Introduction>
    <Texte><Chapitre><Titre>Où ?</Titre><TitreAlternatif>Vous cherchez où</TitreAlternatif>
      <OuSAdresser ID="R9" type="Local"><Titre>Mairie</Titre><Complement>Pour s'informer</Complement><PivotLocal>mairie</PivotLocal>
        <RessourceWeb URL="https://lannuaire.fr"/></OuSAdresser></Chapitre></Texte>
    <OuSAdresser ID="R8" type="Centre"><Titre>Allô</Titre><Texte><Paragraphe>39 39</Paragraphe></Texte></OuSAdresser>
    <ServiceEnLigne ID="R7" URL="https://service.fr" type="Formulaire" numerocerfa="12100*02"><Titre>Demande</Titre><Source>État</Source>
      <NoticeLiee ID="R6" URL="https://notice.pdf">Notice</NoticeLiee></ServiceEnLigne>
    <Reference type="Texte de référence" URL="https://legifrance.fr/1" ID="R5"><Titre>Décret n°55-1397</Titre><Complement>Article 4</Complement></Reference>
    <Definition ID="R4"><Titre>Ascendant</Titre><Texte><Paragraphe>Parent ou grand-parent</Paragraphe></Texte></Definition>
    <QuestionReponse ID="F2" audience="Particuliers">Et après ?</QuestionReponse>
    <PourEnSavoirPlus ID="R3" URL="https://ailleurs.fr"><Titre>Guide</Titre></PourEnSavoirPlus>
    <VoirAussi important="non"><Dossier ID="N9"><Titre>Passeport</Titre><Theme ID="N1"><Titre>Papiers</Titre></Theme></Dossier></VoirAussi>)",
                                 sample);
  CHECK(fiche.kind == "fiche");
  CHECK(fiche.date == "2020-10-01");
  CHECK(fiche.audiences == Strings{"Professionnels"});
  CHECK(fiche.topic_path == Strings{"Papiers", "Identité", "Carte"});
  CHECK(fiche.other_titles == Strings{"Vous cherchez où"});
  REQUIRE(fiche.passages.size() == 3);
  CHECK(fiche.passages[0].blocks[0].text == "Crise : Délais allongés.");
  CHECK(fiche.passages[0].blocks[0].kind == BlockKind::warning);
  CHECK(fiche.passages[0].blocks[1].text == "En bref.");
  CHECK(fiche.passages[1].blocks[0].kind == BlockKind::contact);
  CHECK(fiche.passages[1].blocks[0].text == "Mairie\nPour s'informer");
  CHECK(fiche.passages[1].blocks[0].url == "https://lannuaire.fr");
  CHECK(fiche.passages[2].blocks[0].text == "Ascendant : Parent ou grand-parent");
  CHECK(fiche.contacts.at(0).text == "Allô\n39 39");
  REQUIRE(fiche.services.size() == 2);
  CHECK(fiche.services[0].text == "Demande\nCerfa n° 12100*02");
  CHECK(fiche.services[0].url == "https://service.fr");
  CHECK(fiche.services[0].links.at(0).target == "R7");
  CHECK(fiche.services[1].text == "Notice");
  CHECK(fiche.references.at(0).title == "Décret n°55-1397 : Article 4");
  REQUIRE(fiche.related.size() == 3);
  CHECK(fiche.related[0].target == "F2");
  CHECK(fiche.related[1].url == "https://ailleurs.fr");
  CHECK(fiche.related[2].label == "Passeport");
}

TEST_CASE("elements of later schemas keep their words: known by their shape, not by their name") {
  const Publication fiche = read(R"(<Texte><TitreFlottant><Paragraphe>Sous-titre</Paragraphe></TitreFlottant>
    <Exemple><Paragraphe>un cas</Paragraphe></Exemple><Nouveau><Titre>Neuf</Titre><Paragraphe>Mots neufs</Paragraphe></Nouveau>
    <Enveloppe><Autre><Paragraphe>Mots cachés</Paragraphe></Autre></Enveloppe><Echeance>avant juin</Echeance></Texte>
    <Conclusion><Liste type="caseACocher"><Item>Cocher <MiseEnEvidence>ici</MiseEnEvidence></Item></Liste></Conclusion>)");
  const std::string words = all_words(fiche);
  for (const char* expected : {"Sous-titre", "Exemple : un cas", "Neuf", "Mots neufs", "Mots cachés", "avant juin", "Cocher ici"}) {
    CHECK_MESSAGE(words.find(expected) != std::string::npos, expected);
  }
}

TEST_CASE("folders list their publications, guided searches lead to them, resources say what they are") {
  Sample folder{.id = "N358", .type = "Dossier"};
  const Publication dossier =
      read(R"(<SousDossier ID="N358-1"><Titre>Pour un majeur</Titre><Fiche ID="F1341">Première demande</Fiche></SousDossier>
    <Introduction><Texte><Paragraphe>En bref.</Paragraphe></Texte></Introduction>)",
           folder);
  CHECK(dossier.kind == "dossier");
  REQUIRE(dossier.passages.size() == 2);
  CHECK(dossier.passages[0].blocks[0].text == "En bref.");
  CHECK(dossier.passages[1].sections == Strings{"Pour un majeur"});
  CHECK(dossier.passages[1].blocks[0].links.at(0).target == "F1341");

  Sample guided{.id = "F34300", .title = "**Carte grise", .type = "Recherche guidée"};
  const Publication search =
      read(R"(<Problematiques><Problematique><Titre>Vous achetez un véhicule</Titre><Branche><Titre>Il est neuf</Titre>
    <LienInterne LienPublication="F2" type="Fiche"/></Branche></Problematique></Problematiques>)",
           guided);
  CHECK(search.title == "Carte grise");
  REQUIRE(search.passages.size() == 1);
  CHECK(search.passages[0].conditions == Strings{"Vous achetez un véhicule"});
  CHECK(search.passages[0].blocks[0].text == "Il est neuf");
  CHECK(search.passages[0].blocks[0].links.at(0).target == "F2");

  const auto resource = parse_publication_xml(
      "<ServiceComplementaire ID=\"R1\" type=\"Formulaire\" xmlns:dc=\"x\"><dc:title>Formulaire : Demande</dc:title><dc:date>modified "
      "2020-07-06"
      "</dc:date><dc:description>Permet de demander.</dc:description><NumeroCerfa>12100*02</NumeroCerfa><LienWeb URL=\"https://f.fr\"/>"
      "<Dossier ID=\"N1\"><Titre>Mariage</Titre><Audience>Particuliers</Audience></Dossier></ServiceComplementaire>");
  REQUIRE(resource);
  CHECK(resource->kind == "ressource");
  CHECK(resource->other_titles == Strings{"Cerfa n° 12100*02"});
  CHECK(resource->services.at(0).url == "https://f.fr");
  CHECK(resource->related.at(0).target == "N1");
  CHECK(resource->passages.at(0).blocks.at(0).text == "Permet de demander.");
}

TEST_CASE("what is not a publication is refused in one French sentence") {
  const auto message = [](const std::string& bytes) {
    const auto refused = parse_publication_xml(bytes);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::bad_input);
    return refused.error().message;
  };
  CHECK(message("<Publication").find("XML mal formé") == 0);
  CHECK(message("").find("XML mal formé") == 0);
  CHECK(message("<Menu/>").find("Ce n’est pas une publication") == 0);
  CHECK(message("<Publication ID=\"F1\"/>").find("Le titre") == 0);
  CHECK(message("<Publication ID=\"../etc\"/>").find("L’identifiant") == 0);
  CHECK(message("<Publication ID=\"F1\"><dc:title>a</dc:title></Publication>").find("La date") == 0);
  CHECK(message("<P>\xff</P>").find("UTF-8") != std::string::npos);
  CHECK(message("<!DOCTYPE P [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><P>&x;</P>").find("entités") != std::string::npos);
  std::string deep;
  for (int i = 0; i < 5000; ++i) deep += "<a>";
  for (int i = 0; i < 5000; ++i) deep += "</a>";
  CHECK(message(deep).find("niveaux") != std::string::npos);
  for (const char* bytes :
       {"", "[]", "{\"children\":3}", "{\"children\":[{\"type\":\"element\"}]}", "{\"children\":[7]}", "{\"a\":\"\\ud800\"}"}) {
    const auto refused = parse_publication_json(bytes);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::bad_input);
  }
  std::string nested;
  for (int i = 0; i < 5000; ++i) nested += "{\"children\":[";
  CHECK(parse_publication_json(nested).error().message.find("niveaux") != std::string::npos);
}

TEST_CASE("damaged bytes never break the readers") {
  const std::string good = xml_of({.content = kConditioned});
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = good;
    for (int i = 0; i < 4; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    if (round % 3 == 0) bytes.resize(random() % bytes.size());
    static_cast<void>(parse_publication_xml(bytes));
    static_cast<void>(parse_publication_json(bytes));
  }
}

TEST_CASE("a publication encoded and decoded is the same; damaged bytes are refused") {
  Publication fiche = read(kConditioned);
  fiche.withdrawn = true;
  const std::string bytes = encode(fiche);
  const auto back = decode(bytes);
  REQUIRE(back);
  CHECK(encode(*back) == bytes);
  CHECK(back->withdrawn);
  CHECK(back->passages[4].conditions == fiche.passages[4].conditions);
  CHECK(decode("").error().code == Code::storage);
  CHECK(decode(bytes + "x").error().code == Code::storage);
  for (std::size_t size = 0; size < bytes.size(); size += 7) CHECK_FALSE(decode(bytes.substr(0, size)));
  std::mt19937 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::string damaged = bytes;
    damaged[random() % damaged.size()] = static_cast<char>(random());
    static_cast<void>(decode(damaged));
  }
}

TEST_CASE("a very long passage is cut where a paragraph begins something new, its path and its warnings repeated") {
  Passage passage{"", {"Chapitre"}, {"Cas"}, {}};
  for (int i = 0; i < 30; ++i) {
    Block block;
    block.text = (i % 3 == 1 ? "Toutefois " : "Règle ") + std::string(200, 'x') + ".";
    passage.blocks.push_back(block);
  }
  Block warning{BlockKind::warning, "Attention : partout.", {}, 0, {}, {}, {}, true};
  passage.blocks.push_back(warning);
  std::vector<Passage> parts;
  split_long(passage, parts);
  REQUIRE(parts.size() == 3);
  for (const Passage& part : parts) {
    CHECK(part.sections == passage.sections);
    CHECK(part.conditions == passage.conditions);
    CHECK(part.blocks.back().text == "Attention : partout.");
    CHECK(part.blocks.front().text.starts_with("Règle"));
  }
}

TEST_CASE("redirections are read whatever their attributes are called, and chains become direct") {
  Redirections table;
  REQUIRE(read_redirections(
      "<Redirections><Redirection ancien=\"F1\" nouveau=\"F2\"/><Redirection cible=\"F3\" source=\"F2\"/>"
      "<Redirection><Source>F4</Source><Cible>https://www.service-public.fr/particuliers/vosdroits/N5</Cible></Redirection>"
      "<Redirection ancien=\"F6\" nouveau=\"F7\"/><Redirection ancien=\"F7\" nouveau=\"F6\"/><Autre>rien</Autre></Redirections>",
      table));
  straighten(table);
  CHECK(table == Redirections{{"F1", "F3"}, {"F2", "F3"}, {"F4", "N5"}});
  straighten(table);
  CHECK(table.size() == 3);
  CHECK(read_redirections("<Redirections>", table).error().code == Code::bad_input);
}
