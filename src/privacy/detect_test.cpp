// What is found, and what is left alone: each line is a text with the expected spans between brackets.
#include <doctest/doctest.h>

#include <string>

#include "privacy/detect.h"

using namespace beffroi;
using namespace beffroi::privacy;

namespace {

// «[Zoé Martin|PERSON]» around each span found.
std::string shown(std::string_view text) {
  const auto spans = detect(text);
  REQUIRE(spans);
  std::string out;
  std::size_t at = 0;
  for (const Span& span : *spans) {
    out += text.substr(at, span.begin - at);
    out += '[';
    out += text.substr(span.begin, span.end - span.begin);
    out += '|';
    out += name_of(span.label);
    out += ']';
    at = span.end;
  }
  return out += text.substr(at);
}

// The text is `marked` without its brackets and labels.
void check(std::string_view marked) {
  std::string text;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == '[') continue;
    if (marked[i] == '|') {
      i = marked.find(']', i);
      continue;
    }
    text += marked[i];
  }
  CHECK(shown(text) == marked);
}

}  // namespace

TEST_CASE("numbers, whatever their dress") {
  check("Appelez le [06 12 34 56 78|PHONE] ou le [+33(0)2.99.00.11.22|PHONE].");
  check("Rappeler [mme kerviche|PERSON] au [O6 12 34 56 78|PHONE] avant vendredi");
  check("Tél. [01\u00a043\u00a044\u00a045\u00a046|PHONE]");
  check("joignable au [01 43\n44 45 46|PHONE]");
  check("au poste [4512|PHONE]");
  check("NIR [1 63 11 2B 327 535 79|NIR]");
  check("numéro de sécu [2 80 03 99 352 123 45|NIR]");
  check("NIR [1 63 11 35\n327 535 79|NIR]");
  check("RIB [FR76 2545 2633 6403 9060 7703 824|IBAN]");
  check("Virement sur le compte [30004 00123 00001234567 85|IBAN]");
  check("Véhicule [AB-123-CD|PLATE], plaque [ab 123 cd|PLATE], plaque [1234 XY 35|PLATE]");
  check("Écrire à [jean.dupont@orange.fr|EMAIL] ou [jean.dupont (at) orange.fr|EMAIL]");
  check("son dossier n° [2024-CAF-00123|ID] est incomplet");
  check("matricule [45872|ID], passeport n° [12AB34567|ID], n° allocataire [1234567 B|ID]");
}

TEST_CASE("a wrong key hides nothing from the detector") {
  check("NIR [1 63 11 35 327 535 00|NIR]");
  check("RIB [FR00 2545 2633 6403 9060 7703 824|IBAN]");
}

TEST_CASE("dates of birth, and the dates of acts that stay") {
  check("née le [12/03/1980|DOB] à [Oran|CITY]");
  check("né le [deux janvier mille neuf cent soixante-dix-huit|DOB].");
  check("arrêté n° 2024-125 du 12/03/2024");
  check("Rendez-vous le [12 mars 2025|DATE] à 14 h 30");
}

TEST_CASE("addresses with their complements; a street without a number is public") {
  check("demeurant [Bât. C, appt 12, 154 rue de la Gare 93160 NOISY-LE-GRAND|ADDRESS].");
  check("habite [12 rue victor hugo 35140 saint aubin du cormier|ADDRESS]");
  check("Adresse : [40B impasse du 8-Mai-1945|ADDRESS].");
  check("stationné rue Victor-Hugo depuis trois jours");
  check("domicilié [rue des Lilas|ADDRESS] depuis 2019");
}

TEST_CASE("names in any order and case") {
  check("[Mme Rivière|PERSON] a écrit. La rivière déborde. Le dossier de [Rivière|PERSON] est complet.");
  check("pour [zoé guérin|PERSON] et [GUÉRIN Paul|PERSON]");
  check("Convocation de [DE LA TOUR Khadija|PERSON] et de son frère [Issa|PERSON]");
  check("écris à [kerbrat jocelyne|PERSON]");
  check("[M. J.-P. Costa|PERSON], [Mme N’Guyen|PERSON], [M. et Mme Robins|PERSON]");
  check("allocataire [Yildiz|PERSON]");
  check("mail de [Quéméner|PERSON] : [pquemener@orange.fr|EMAIL]");
}

TEST_CASE("what is public stays") {
  check("L’école Jules-Ferry ferme ; la salle Georges-Brassens et la place Saint-Michel aussi.");
  check("Voir la délibération n° 2019-03-137 et l’article L. 2121-29 du CGCT.");
  check("Le titulaire (SIRET 031 519 614 60696) a été payé : mandat 8416853850, 12 345,67 €.");
  check("Parcelle cadastrée section ZC n° 72. Le quotient familial est de 1401.");
  check("Monsieur le Maire, Madame la Directrice, le Conseil municipal décide.");
  check("Microsoft, la CNIL et l’Union européenne.");
}

TEST_CASE("elected persons are marked") {
  const auto spans = detect("Le maire, M. Jean Dupont, a reçu Mme Claire Roussel. Présents : M. Ali Ben Salah");
  REQUIRE(spans);
  REQUIRE(spans->size() == 3);
  CHECK((*spans)[0].elected);
  CHECK(!(*spans)[1].elected);
  CHECK((*spans)[2].elected);
}

TEST_CASE("a roster goes on over lines, and its persons stay elected where the surname stands alone") {
  const auto spans = detect(
      "Étaient présents :\nAlice Morvan, Ali Ben Salah,\nJean Dupont.\nMme Zoé Roussel, habitante, remercie M. Morvan. Paul Dupont proteste.");
  REQUIRE(spans);
  REQUIRE(spans->size() == 6);
  CHECK((*spans)[0].elected);
  CHECK((*spans)[1].elected);
  CHECK((*spans)[2].elected);
  CHECK(!(*spans)[3].elected);
  CHECK((*spans)[4].elected);
  CHECK(!(*spans)[5].elected);
}

TEST_CASE("civility and sex are kept apart from the name") {
  const auto spans = detect("Mme Rivière");
  REQUIRE(spans);
  REQUIRE(spans->size() == 1);
  CHECK(spans->front().civility_bytes == 4);
  CHECK(spans->front().sex == 'F');
}

TEST_CASE("positions in code points") {
  const std::string_view text = "né à é, Zoé Guérin";
  const auto spans = detect(text);
  REQUIRE(spans);
  const auto points = in_code_points(text, *spans);
  REQUIRE(points.size() == 1);
  CHECK(points[0].begin == 8);
  CHECK(points[0].end == 18);
}

TEST_CASE("what cannot be read is an error, not an empty list") {
  CHECK(detect("abc\xff").error().code == Code::bad_input);
  CHECK(detect("")->empty());
}
