#include "text/sentences.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using namespace beffroi;

namespace {

// The sentences, each between bars.
std::string cut(std::string_view text) {
  std::string out = "|";
  for (const auto& slice : text::sentences(text)) out.append(text.substr(slice.begin_bytes, slice.end_bytes - slice.begin_bytes)) += "|";
  return out;
}

}  // namespace

TEST_CASE("sentences of French text, as data") {
  const struct {
    const char* text;
    const char* expected;
  } cases[] = {
      {"La carte est gratuite. Elle dure 15 ans.", "|La carte est gratuite.|Elle dure 15 ans.|"},
      {"Est-ce payant ? Non ! Sauf perte… Alors 25 €.", "|Est-ce payant ?|Non !|Sauf perte…|Alors 25 €.|"},
      {"Selon l'art. L. 2121-7 du CGCT. Le maire convoque.", "|Selon l'art. L. 2121-7 du CGCT.|Le maire convoque.|"},
      {"M. Durand et Mme. Petit sont venus.", "|M. Durand et Mme. Petit sont venus.|"},
      {"Le n° 12 coûte 1.500 € soit 12.5 % du prix.", "|Le n° 12 coûte 1.500 € soit 12.5 % du prix.|"},
      {"Voir p. ex. 3 cas. Écrire à a.b@mairie.fr ou www.service-public.fr. Fin",
       "|Voir p. ex. 3 cas.|Écrire à a.b@mairie.fr ou www.service-public.fr.|Fin|"},
      {"Pièces : photo, timbre, etc. Le dossier est complet.", "|Pièces : photo, timbre, etc.|Le dossier est complet.|"},
      {"première ligne\nseconde ligne\r\n\n  troisième", "|première ligne|seconde ligne|troisième|"},
      {"Il a dit « Venez. » Puis il part.", "|Il a dit « Venez. »|Puis il part.|"},
      {"À partir de 18 ans. À 16 ans, non.", "|À partir de 18 ans.|À 16 ans, non.|"},
      {"le délai est de 2 mois. sans majuscule", "|le délai est de 2 mois. sans majuscule|"},
      {"   ", "|"},
      {"", "|"},
      {"Sans point final", "|Sans point final|"},
      {"Oui\u00A0! Les 30\u00A0jours comptent.", "|Oui\u00A0!|Les 30\u00A0jours comptent.|"},
  };
  for (const auto& item : cases) {
    CAPTURE(item.text);
    CHECK(cut(item.text) == item.expected);
  }
}

TEST_CASE("slices never overlap, never cut a letter, and leave only spaces out") {
  const std::string text = "Un. Deux ! « Trois » ? É. À demain… (Voir. ) \"Ok.\" 3. Fin\u202F. ";
  std::size_t end = 0;
  for (const auto& slice : text::sentences(text)) {
    CHECK(slice.begin_bytes >= end);
    CHECK(slice.end_bytes > slice.begin_bytes);
    for (std::size_t at = end; at < slice.begin_bytes; ++at) CHECK((text[at] == ' ' || static_cast<unsigned char>(text[at]) >= 0x80));
    CHECK((static_cast<unsigned char>(text[slice.begin_bytes]) & 0xC0) != 0x80);
    end = slice.end_bytes;
  }
}
