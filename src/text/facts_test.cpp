#include "text/facts.h"

#include <doctest/doctest.h>

using namespace beffroi::text;

namespace {

std::string values(std::string_view text) {
  std::string out;
  for (const auto& fact : facts(text)) out += (out.empty() ? "" : " | ") + fact.value;
  return out;
}

}  // namespace

TEST_CASE("a duration has one value whatever the way it is written") {
  CHECK(values("dans un délai de trois mois") == "3 month");
  CHECK(values("sous 3 mois") == "3 month");
  CHECK(values("pendant un trimestre") == "3 month");
  CHECK(values("quinze jours") == "15 day");
  CHECK(values("dans les deux semaines") == "14 day");
  CHECK(values("un an et demi") == "18 month");
  CHECK(values("moins de 18 ans") == "216 month");
  CHECK(values("48 heures, à 14h30 ou 14 h") == "2880 minute | 870 minute | 840 minute");
  CHECK(values("entre 2 et 5 ans") == "24 month | 60 month");
}

TEST_CASE("numbers in digits and in words are one") {
  CHECK(values("quatre-vingt-dix-sept personnes") == "97");
  CHECK(values("deux mille cinq cents habitants") == "2500");
  CHECK(values("3 500 habitants") == "3500");
  CHECK(values("3\u202F500 habitants") == "3500");
  CHECK(values("vingt et un membres") == "21");
  CHECK(values("soixante et onze communes") == "71");
  CHECK(values("un véhicule neuf et une carte") == "");
  CHECK(values("neuf mois") == "9 month");
  CHECK(values("1,5 million d'euros") == "1500000 euro");
  CHECK(values("deux millions d’euros") == "2000000 euro");
}

TEST_CASE("amounts and percentages") {
  CHECK(values("1 500 €") == "1500 euro");
  CHECK(values("1500 euros") == "1500 euro");
  CHECK(values("12,50 €") == "12.5 euro");
  CHECK(values("86 € en timbres, 12 € 50") == "86 euro | 12.5 euro");
  CHECK(values("12,50 %") == "12.5 %");
  CHECK(values("cinquante pour cent") == "50 %");
  CHECK(values("de 10 à 15 %") == "10 % | 15 %");
}

TEST_CASE("dates") {
  CHECK(values("depuis le 1er janvier 2020") == "2020-01-01");
  CHECK(values("avant le 31 décembre") == "--12-31");
  CHECK(values("le 28/08/2019") == "2019-08-28");
  CHECK(values("du 1er au 15 mars 2021") == "2021-03-01 | 2021-03-15");
  CHECK(values("en novembre 2020") == "2020-11");
  CHECK(values("le premier janvier 2020") == "2020-01-01");
}

TEST_CASE("articles, forms, telephones, ordinals") {
  CHECK(values("article L. 2121-7 du CGCT") == "l2121-7");
  CHECK(values("l'article L2121-7") == "l2121-7");
  CHECK(values("article R*421-1") == "r421-1");
  CHECK(values("cerfa n°14011*02") == "14011*02");
  CHECK(values("la loi n° 2004-575") == "2004-575");
  CHECK(values("01 02 03 04 05") == "0102030405");
  CHECK(values("le 2e enfant, la troisième classe") == "2 | 3");
  CHECK(values("au 39 39") == "39 | 39");
  CHECK(values("le 1 er janvier 2020, une fois par an") == "2020-01-01 | 1");
}

TEST_CASE("a fact tells where it stands, and nothing breaks on odd text") {
  const std::string text = "il faut 25 € en tout";
  const auto found = facts(text);
  REQUIRE(found.size() == 1);
  CHECK(text.substr(found[0].where.begin_bytes, found[0].where.end_bytes - found[0].where.begin_bytes) == "25 €");
  CHECK(values("") == "");
  CHECK(values("99999999999999999999999999") == "99999999999999999999999999");
  CHECK(values("- / * 1/ 2* h30") == "1 | 2");
  CHECK(values("1 an et") == "12 month");
}
