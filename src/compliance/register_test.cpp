#include "compliance/register.h"

#include <doctest/doctest.h>

#include "compliance/ai_mark.h"
#include "compliance/testing/town.h"
#include "json/reader.h"

using namespace beffroi;
using namespace beffroi::compliance;

namespace {

std::vector<Retention> as_defaults(const std::vector<Keeper>& keepers) {
  std::vector<Retention> all;
  for (const Keeper& keeper : keepers) all.push_back({.kind = keeper.kind, .days = keeper.days});
  return all;
}

Facts of_saint_jean() {
  Facts facts;
  facts.commune = "saint-jean";
  facts.town_hall = "Mairie de Saint-Jean";
  facts.store = "SQLite";
  return facts;
}

}  // namespace

TEST_CASE("the register says what is on, and nothing of what is off") {
  const auto keepers = common_keepers();
  Facts facts = of_saint_jean();
  CHECK(processings(facts, keepers, as_defaults(keepers)).size() == 2);  // questions, accounts
  facts.model = {"qwen2.5", std::string(64, 'a'), ""};
  facts.canteens = facts.api = true;
  const auto all = processings(facts, keepers, as_defaults(keepers));
  CHECK(all.size() == 5);
  for (const Processing& one : all) {
    CAPTURE(one.id);
    for (const std::string* field : {&one.title, &one.purpose, &one.legal_basis, &one.persons, &one.data, &one.recipients, &one.transfers,
                                     &one.retention, &one.security}) {
      CHECK_FALSE(field->empty());
    }
  }
}

TEST_CASE("it gives the retention really set, and the model that really answers") {
  const auto keepers = common_keepers();
  auto set = as_defaults(keepers);
  set.front().days = 42;  // opinions
  Facts facts = of_saint_jean();
  facts.delegate = {"Centre de gestion", "dpo@cdg.fr"};
  facts.model = {"mistral-small", "", "https://ia.exemple.fr/v1"};
  const std::string text = register_text(facts, processings(facts, keepers, set), RegisterFormat::markdown, "2026-11-27");
  CHECK(text.find("Avis sur les réponses\u00a0: 42\u00a0jours.") != std::string::npos);
  CHECK(text.find("Délégué à la protection des données\u00a0: Centre de gestion, dpo@cdg.fr.") != std::string::npos);
  CHECK(text.find("https://ia.exemple.fr/v1") != std::string::npos);
  CHECK(text.find("sont remplacées avant l’envoi") != std::string::npos);
  facts.model = {"qwen2.5", std::string(64, 'a'), ""};
  const std::string home = register_text(facts, processings(facts, keepers, set), RegisterFormat::markdown, "2026-11-27");
  CHECK(register_text(of_saint_jean(), {}, RegisterFormat::markdown, "2026-11-27").find("à compléter par la mairie") != std::string::npos);
  CHECK(home.find("exemple.fr") == std::string::npos);
  CHECK(home.find("le modèle tourne sur la machine") != std::string::npos);
}

TEST_CASE("as JSON and CSV") {
  const auto keepers = common_keepers();
  const Facts facts = of_saint_jean();
  const auto all = processings(facts, keepers, as_defaults(keepers));
  const auto document = json::Document::parse(register_text(facts, all, RegisterFormat::json, "2026-11-27"));
  REQUIRE(document);
  CHECK(document->root().member("processings")->size() == all.size());
  CHECK(register_text(facts, all, RegisterFormat::csv, "2026-11-27").starts_with("\xEF\xBB\xBFtraitement;finalité;"));
  CHECK(register_format_named("md") == RegisterFormat::markdown);
  CHECK_FALSE(register_format_named("pdf"));
}

TEST_CASE("what a model wrote is marked for eyes and for programs") {
  http::Reply reply;
  mark(reply, {"qwen2.5"});
  CHECK(reply.headers.front() == std::pair<std::string, std::string>{"X-AI-Generated", "true; system=\"Beffroi\"; model=\"qwen2.5\""});
  http::Reply hostile;
  mark(hostile, {"a\"\r\nSet-Cookie: x"});
  CHECK(hostile.headers.front().second == "true; system=\"Beffroi\"");
  json::Writer out;
  out.begin_object();
  write_mark(out, {"qwen2.5", kWritten});
  out.end_object();
  CHECK(out.text().find(R"("generated_by":{"ai":true,"system":"Beffroi","model":"qwen2.5","digital_source_type":"http://cv.iptc.org)") !=
        std::string::npos);
  CHECK(mention({"qwen2.5"}) == "Texte produit avec l’aide d’une intelligence artificielle (Beffroi, modèle qwen2.5).");
  CHECK(mention({"", kWritten}) == "Texte écrit par une intelligence artificielle (Beffroi).");
}
