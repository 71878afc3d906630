#include "text/analysis.h"

#include <doctest/doctest.h>

#include <string>

#include "text/utf8.h"

using namespace beffroi;

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

struct Case {
  const char* text;
  const char* expected;
};

}  // namespace

TEST_CASE("words of French text, as data") {
  const Case cases[] = {
      {"Périmée, PÉRIMÉE et perimee", "perimee perimee et perimee"},
      {"Pe\xCC\x81rime\xCC\x81", "perime"},  // accents apart from their letters
      {"L’école d'été jusqu’à lundi", "ecole ete a lundi"},
      {"Aujourd’hui, aujourd'hui", "aujourdhui aujourdhui"},
      {"qu'est-ce que l'on s’accorde lorsqu'il", "est ce que on accorde il"},
      {"conseil de prud’hommes, prud' hommes, prud-homale", "conseil de prudhommes prudhommes prudhomale"},
      {"rendez-vous, est\u2011ce — là", "rendez vous est ce la"},
      {"cœur, œuvre, curriculum vitæ, ﬁche", "coeur oeuvre curriculum vitae fiche"},
      {"1 500 €", "1500 euros"},
      {"1\u202F500\u00A0€ et 12,5 %", "1500 euros et 12.5"},
      {"2 000 000 habitants en 2020", "2000000 habitants en 2020"},
      {"le 3 2021", "le 3 2021"},
      {"13ème mois, 13 eme mois, 1er janvier, 1ᵉʳ mai, 2nde", "13 mois 13 mois 1 janvier 1 mai 2"},
      {"article L. 2121-7, R.123-4, L2121-29-1, R. *213-8", "article l2121-7 r123-4 l2121-29-1 r213-8"},
      {"le R.S.A. et le s.m.i.c", "le rsa et le smic"},
      {"covid19 et 2e DPE", "covid19 et 2 dpe"},
      {"", ""},
      {"…!?«»", ""},
      {"日本語 mairie", "mairie"},
  };
  for (const Case& item : cases) {
    CAPTURE(item.text);
    CHECK(joined(text::words(item.text)) == item.expected);
  }
}

TEST_CASE("words of one family share a stem, other words do not") {
  const char* families[][3] = {
      {"licenciement", "licenciements", "licencie"}, {"demande", "demandes", "demander"},      {"travail", "travaux", "travail"},
      {"communal", "communaux", "communale"},        {"naissance", "naissances", "naissance"}, {"electorale", "electorales", "electoral"}};
  for (const auto& family : families) {
    CAPTURE(family[0]);
    CHECK(text::stem(family[0]) == text::stem(family[1]));
    CHECK(text::stem(family[0]) == text::stem(family[2]));
  }
  CHECK(text::stem("permis") != text::stem("perte"));
  CHECK(text::stem("mois") == "mois");
  CHECK(text::stem("rsa") == "rsa");
  CHECK(text::stem("1500") == "1500");
  CHECK(text::stem("l2121-7") == "l2121-7");
}

TEST_CASE("a question loses what is said around it and keeps what is asked") {
  const Case cases[] = {
      {"Bonjour, euh voilà je voulais savoir comment refaire ma carte d'identité ? Merci d'avance, bonne journée",
       "refaire carte identite"},
      {"slt dsl de deranger cmt faire pr le rdv passeport svp", "rendez passeport"},
      {"Bon ben moi ma question c'est la cantine", "cantine"},
      {"J'espère que vous allez bien, je vous écris parce que je ne comprends pas : taxe foncière", "taxe fonciere"},
      {"permis de construire parce que la mairie m'a dit d'aller voir ailleurs et je tourne en rond", "permis construire"},
      {"jé perdu ma carte", "perdu carte"},
      {"horaires de la mairie", "horaires mairie"},
      {"13 mois", "13 mois"},
      {"Bonjour", "bonjour"},  // nothing else was said
      {"est-ce que", "est ce que"},
  };
  for (const Case& item : cases) {
    CAPTURE(item.text);
    CHECK(joined(text::question_words(item.text)) == item.expected);
  }
}

TEST_CASE("a question is kept as it was typed, without what is said around it") {
  const Case cases[] = {
      {"Bonjour, euh voilà je voulais savoir comment refaire ma carte d'identité ? Merci d'avance, bonne journée",
       "refaire ma carte d'identité ?"},
      {"Quel âge pour l’école ?", "Quel âge pour l’école ?"},
      {"Oui bonjour madame, alors en fait c'est pour savoir si l'école est ouverte", "l'école est ouverte"},
      {"slt cmt faire pr le permis de construire svp", "comment faire pour le permis de construire"},
      {"Bonjour", "Bonjour"},
      {"", ""},
  };
  for (const Case& item : cases) {
    CAPTURE(item.text);
    CHECK(joined(text::question_parts(item.text)) == item.expected);
  }
}

TEST_CASE("an index holds stems without stop words") {
  CHECK(joined(text::terms("Les demandes de l’usager")) == joined({text::stem("demandes"), text::stem("usager")}));
}

TEST_CASE("UTF-8 is checked at the door") {
  for (const char* good : {"", "abc", "é", "\u20AC", "\U0001F600", "\xF4\x8F\xBF\xBF"}) CHECK(text::is_valid_utf8(good));
  for (const char* bad : {"\x80", "\xC3", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "a\xFF"}) {
    CHECK_FALSE(text::is_valid_utf8(bad));
  }
  CHECK(text::squeeze_spaces("  a\u00A0\n\t b\u202F ") == "a b");
  CHECK(text::squeeze_spaces(" \n ") == "");
}

TEST_CASE("ill-formed bytes are survived") {
  CHECK(joined(text::words("caf\xC3")) == "caf");
  CHECK(joined(text::words("\xFF\xFE mairie")) == "mairie");
}
