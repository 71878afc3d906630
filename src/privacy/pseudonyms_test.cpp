#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

#include "json/reader.h"
#include "json/writer.h"
#include "privacy/detect.h"
#include "privacy/gate.h"
#include "privacy/restoring.h"

using namespace beffroi;
using namespace beffroi::privacy;

namespace {

std::string masked(std::string_view text, Pseudonyms& pseudonyms) {
  const auto spans = detect(text);
  REQUIRE(spans);
  return mask(text, *spans, pseudonyms);
}

// Pieces of letters that people write, with what looks like a token among them.
std::string any_text() {
  static const std::vector<std::string> kPieces = {"Mme Rivière ",
                                                   "Zoé \"la petite\" Guérin ",
                                                   "06 12 34 56 78 ",
                                                   "[PERSONNE_1_F] ",
                                                   "[PERSONNE_1",
                                                   "]",
                                                   "[",
                                                   "né le 12/03/1980 ",
                                                   "12 rue des Lilas\n35000 Rennes ",
                                                   "RIVIÈRE ",
                                                   "a\\b \"c\" ",
                                                   "é",
                                                   "[ADRESSE_12]",
                                                   "FR76 2545 2633 6403 9060 7703 824 ",
                                                   "_",
                                                   "le mot "};
  std::string text;
  for (const int piece : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, static_cast<int>(kPieces.size())))) {
    text += kPieces[static_cast<std::size_t>(piece)];
  }
  return text;
}

}  // namespace

TEST_CASE("tokens are typed, stable, and know the sex") {
  Pseudonyms pseudonyms;
  CHECK(masked("Mme Rivière et M. Jouve, puis Mme Rivière.", pseudonyms) ==
        "Mme [PERSONNE_1_F] et M. [PERSONNE_2_M], puis Mme [PERSONNE_1_F].");
  CHECK(masked("Tél. de Mme RIVIÈRE : 06 12 34 56 78", pseudonyms) == "Tél. de Mme [PERSONNE_1_2_F] : [TELEPHONE_1]");
  CHECK(pseudonyms.size() == 4);
  pseudonyms.clear();
  CHECK(pseudonyms.value("[PERSONNE_1_F]") == nullptr);
}

TEST_CASE("restore(mask(x)) is x, however the stream is cut") {
  CHECK(rc::check([] {
    const std::string text = any_text();
    Pseudonyms pseudonyms;
    const std::string out = masked(text, pseudonyms);
    RC_ASSERT(restore(out, pseudonyms) == text);
    Restorer restorer(pseudonyms);
    std::string restored;
    for (std::size_t at = 0; at < out.size();) {
      const std::size_t size = *rc::gen::inRange<std::size_t>(1, 9);
      restored += restorer.feed(std::string_view(out).substr(at, size));
      at += size;
    }
    restored += restorer.finish();
    RC_ASSERT(restored == text);
    RC_ASSERT(restorer.unknown() == 0U);
  }));
}

TEST_CASE("every cut in two gives the same text") {
  Pseudonyms pseudonyms;
  const std::string text = "Madame Rivière [note], 06 12 34 56 78, née le 12/03/1980.";
  const std::string out = masked(text, pseudonyms);
  for (std::size_t cut = 0; cut <= out.size(); ++cut) {
    Restorer restorer(pseudonyms);
    std::string restored = restorer.feed(std::string_view(out).substr(0, cut));
    restored += restorer.feed(std::string_view(out).substr(cut));
    restored += restorer.finish();
    CHECK(restored == text);
  }
}

TEST_CASE("the arguments of a tool call stay JSON") {
  Pseudonyms pseudonyms;
  const std::string value = "12 \"bis\" rue\\des Lilas\n35000 Rennes";
  const std::string token = pseudonyms.token(Label::address, value);
  const std::string arguments = restore("{\"adresse\":\"" + token + "\"}", pseudonyms, Place::json_string);
  const auto document = json::Document::parse(arguments);
  REQUIRE(document);
  CHECK(document->root().find("adresse")->text_or_empty() == value);
}

TEST_CASE("an altered or invented token is nobody") {
  Pseudonyms pseudonyms;
  (void)masked("Mme Rivière", pseudonyms);
  Restorer restorer(pseudonyms);
  CHECK(restorer.feed("[PERSONNE_2_F] [PERSONNE_1_M] [personne_1_f] PERSONNE_1_F [PERSONNE_1_F]") ==
        "[PERSONNE_2_F] [PERSONNE_1_M] [personne_1_f] PERSONNE_1_F Rivière");
  CHECK(restorer.unknown() == 2);
}

TEST_CASE("the gate warns at home, masks or refuses outside") {
  Pseudonyms pseudonyms;
  const std::string text = "Mme Rivière, 06 12 34 56 78";
  const auto local = Gate({}).pass(text, Destination::local, Document::personal, pseudonyms);
  REQUIRE(local);
  CHECK(local->text == text);
  CHECK(in_french(local->found) == "1 nom, 1 téléphone");
  const auto upstream = Gate({}).pass(text, Destination::upstream, Document::personal, pseudonyms);
  REQUIRE(upstream);
  CHECK(upstream->text == "Mme [PERSONNE_1_F], [TELEPHONE_1]");
  const Gate refusing({.upstream = Upstream::refuse});
  const auto refused = refusing.pass(text, Destination::upstream, Document::personal, pseudonyms);
  REQUIRE(!refused);
  CHECK(refused.error().code == Code::denied);
  CHECK(refused.error().message.find("Rivière") == std::string::npos);
  CHECK(refusing.pass("Quels papiers pour un passeport ?", Destination::upstream, Document::personal, pseudonyms));
}

TEST_CASE("elected persons stay in public acts only") {
  Pseudonyms pseudonyms;
  const std::string text = "Le maire, M. Jean Dupont, reçoit Mme Claire Roussel.";
  const auto act = Gate({}).hide(text, Document::public_act, pseudonyms);
  REQUIRE(act);
  CHECK(act->text == "Le maire, M. Jean Dupont, reçoit Mme [PERSONNE_1_F].");
  const auto letter = Gate({}).hide(text, Document::personal, pseudonyms);
  REQUIRE(letter);
  CHECK(letter->text.find("Dupont") == std::string::npos);
}

TEST_CASE("a detector that fails lets nothing out, at home neither") {
  Pseudonyms pseudonyms;
  const Gate gate({}, [](std::string_view) -> Result<std::vector<Span>> { return fail(Code::internal, "Panne du détecteur."); });
  CHECK(!gate.pass("Bonjour", Destination::upstream, Document::personal, pseudonyms));
  CHECK(!gate.pass("Bonjour", Destination::local, Document::personal, pseudonyms));
  CHECK(!gate.hide("Bonjour", Document::public_act, pseudonyms));
}
