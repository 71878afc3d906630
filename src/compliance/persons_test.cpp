#include "compliance/persons.h"

#include <doctest/doctest.h>

#include <filesystem>

#include "audit/verify.h"
#include "base/files.h"
#include "compliance/charter.h"
#include "compliance/testing/town.h"
#include "json/reader.h"
#include "people/key.h"
#include "people/session.h"

using namespace beffroi;
using namespace beffroi::compliance;
using compliance::testing::kDay;
using compliance::testing::keepers;
using compliance::testing::kNoon;
using compliance::testing::Town;

namespace {

const PurgeOrder kByTheDpo{.now_ms = kNoon, .date_confirmed = true, .who = {audit::Actor::person, "dpo1"}};

// Somebody who has used everything.
std::string camille(const Town& town) {
  std::string id = town.add("camille.martin@saint-jean.fr", "Camille Martin");
  const auto person = town.person(id);
  const Charter charter = charter_in_force(town.tenant, kNoon).value();
  REQUIRE(accept_charter(person, {charter.version, charter.sha256}, kNoon));
  REQUIRE(people::open_session(town.tenant, {id, "password", "Firefox, Linux"}, now_ms()));
  REQUIRE(people::issue_key(town.tenant, {id, "Site de la mairie", {people::Right::use_api}, 90}, kNoon));
  audit::Entry entry;
  entry.who = {audit::Actor::person, id};
  entry.action = audit::Action::reworded;
  REQUIRE(audit::append(town.tenant, entry, kNoon));
  return id;
}

bool is_on_disk(const Town& town, std::string_view words) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(town.ground.home())) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path());
    if (bytes && bytes->find(words) != std::string::npos) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("everything held about somebody is handed over, and the handing over is written") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Town town(engine);
    const std::string id = camille(town), other = town.add("luc.jouve@saint-jean.fr", "Luc Jouve");
    const auto text = access_data(town.tenant, keepers(), id, kByTheDpo);
    REQUIRE(text);
    const auto document = json::Document::parse(*text);
    REQUIRE(document);
    for (const char* part : {"camille.martin@saint-jean.fr", "Camille Martin", "Firefox, Linux", "Site de la mairie", "\"reworded\"",
                             "\"charter_accepted\"", "\"accepted\":\"2026-11-27"}) {
      CAPTURE(part);
      CHECK(text->find(part) != std::string::npos);
    }
    CHECK(text->find("Jouve") == std::string::npos);
    CHECK(text->find(other) == std::string::npos);
    const audit::Line last = audit::latest_lines(town.tenant, 1)->front();
    CHECK(last.action == "person_accessed");
    CHECK(last.object == id);
    CHECK(last.who == "dpo1");
    CHECK(access_data(town.tenant, keepers(), "personne", kByTheDpo).error().code == Code::not_found);
  }
}

TEST_CASE("somebody erased is nowhere: not in the tables, not in the files; the journal keeps an id that leads to nobody") {
  const Town town;
  const std::string id = camille(town), other = town.add("luc.jouve@saint-jean.fr", "Luc Jouve");
  const auto report = erase_person(town.tenant, keepers(), id, kByTheDpo);
  REQUIRE(report);
  CHECK_FALSE(report->traces_left);
  for (const char* words : {"Camille", "camille.martin", "Site de la mairie"}) {
    CAPTURE(words);
    CHECK_FALSE(is_on_disk(town, words));
  }
  CHECK(is_on_disk(town, "Luc Jouve"));
  CHECK(acceptances_of(town.tenant, id)->empty());
  CHECK(people::account_of(town.tenant, other));
  const audit::Line last = audit::latest_lines(town.tenant, 1)->front();
  CHECK(last.action == "person_erased");
  CHECK(last.object == id);
  CHECK(audit::verify(town.tenant)->whole());
  CHECK(report->kinds.back().kind == "accounts");
  CHECK(erase_person(town.tenant, keepers(), id, kByTheDpo).error().code == Code::not_found);
}

TEST_CASE("an erasure interrupted anywhere is finished by asking again, or by the next purge") {
  for (const bool account_gone : {false, true}) {
    CAPTURE(account_gone);
    const Town town;
    const std::string id = camille(town);
    town.run("INSERT INTO compliance_erasure (account, started_ms) VALUES ('" + id + "', 1)");
    if (account_gone) REQUIRE(people::erase_account(town.tenant, id));
    if (account_gone) {
      CHECK(erase_person(town.tenant, keepers(), id, kByTheDpo));
    } else {
      CHECK(purge(town.tenant, keepers(), kByTheDpo)->persons == std::vector<std::string>{id});
    }
    CHECK_FALSE(is_on_disk(town, "Camille"));
    CHECK(acceptances_of(town.tenant, id)->empty());
    CHECK(town.number("SELECT count(*) FROM compliance_erasure") == 0);
  }
}
