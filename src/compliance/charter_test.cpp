#include "compliance/charter.h"

#include <doctest/doctest.h>

#include "audit/verify.h"
#include "compliance/acceptances_export.h"
#include "compliance/charter_door.h"
#include "compliance/testing/town.h"
#include "http/problem.h"
#include "people/fake/open_door.h"

using namespace beffroi;
using namespace beffroi::compliance;
using compliance::testing::kDay;
using compliance::testing::kNoon;
using compliance::testing::Town;

namespace {

const audit::Who kAdministrator{audit::Actor::person, "admin1"};

CharterRead read(const Charter& charter) { return {charter.version, charter.sha256}; }

http::Reply asked(const people::Visitor& visitor, people::Right right, const std::string& path, std::int64_t now = kNoon) {
  const auto door = charter_door(std::make_shared<people::fake::OpenDoor>(visitor), [now] { return now; });
  const http::Route made = people::route(door, http::Method::get, path, right, [](const people::Visitor&, const http::Request&) {
    return http::text_reply("écrit par un modèle");
  });
  http::Request request;
  request.path = path;
  return made.handler(request);
}

}  // namespace

TEST_CASE("nobody signed in reaches a model before accepting; the public does, and is told instead") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Town town(engine);
    const auto agent = town.person("a1");
    CHECK(asked(people::Visitor{.tenant = town.tenant}, people::Right::generate, "/api/v1/rewordings").status == 200);
    CHECK(asked(agent, people::Right::see_canteens, "/cantines").status == 200);

    const http::Reply refused = asked(agent, people::Right::generate, "/api/v1/rewordings");
    CHECK(refused.status == 403);
    REQUIRE(refused.problem);
    CHECK(refused.problem->code == "charter_not_accepted");
    const http::Reply led = asked(agent, people::Right::generate, "/reformulation");
    CHECK(led.status == 303);
    CHECK(led.headers.front().second == "/charte?suite=%2Freformulation");

    const Charter charter = charter_in_force(town.tenant, kNoon).value();
    CHECK(charter.version == 0);
    CHECK(charter.text.starts_with("# Charte d’usage"));
    REQUIRE(accept_charter(agent, read(charter), kNoon));
    CHECK(asked(agent, people::Right::generate, "/reformulation").status == 200);
    CHECK(asked(town.person("a2"), people::Right::generate, "/reformulation").status == 303);
  }
}

TEST_CASE("a key passes when its owner has accepted, and cannot accept by itself") {
  const Town town;
  const Charter charter = charter_in_force(town.tenant, kNoon).value();
  const http::Reply refused = asked(town.key_of("a1"), people::Right::use_api, "/v1/models");
  CHECK(refused.status == 403);
  CHECK(refused.problem->code == "charter_not_accepted");
  CHECK(accept_charter(town.key_of("a1"), read(charter), kNoon).error().code == Code::denied);
  REQUIRE(accept_charter(town.person("a1"), read(charter), kNoon));
  CHECK(asked(town.key_of("a1"), people::Right::use_api, "/v1/models").status == 200);
}

TEST_CASE("a new version asks everybody again, from its day on") {
  const Town town;
  const auto agent = town.person("a1");
  REQUIRE(accept_charter(agent, read(charter_in_force(town.tenant, kNoon).value()), kNoon));
  const auto announced = publish_charter(town.tenant, {"# Notre charte\r\n\r\nRelire.", kNoon + 3 * kDay}, kAdministrator, kNoon);
  REQUIRE(announced);
  CHECK(announced->version == 1);
  CHECK(announced->text == "# Notre charte\n\nRelire.");
  CHECK(asked(agent, people::Right::generate, "/api/v1/rewordings", kNoon + kDay).status == 200);
  CHECK(asked(agent, people::Right::generate, "/api/v1/rewordings", kNoon + 3 * kDay).status == 403);
  CHECK(asked(town.key_of("a1"), people::Right::use_api, "/v1/models", kNoon + 3 * kDay).status == 403);
  // What was read is no longer in force.
  CHECK(accept_charter(agent, read(charters(town.tenant)->back()), kNoon + 3 * kDay).error().code == Code::conflict);
  REQUIRE(accept_charter(agent, read(*announced), kNoon + 3 * kDay));
  CHECK(asked(agent, people::Right::generate, "/api/v1/rewordings", kNoon + 3 * kDay).status == 200);
  CHECK(publish_charter(town.tenant, {"Trop tôt", kNoon + kDay}, kAdministrator, kNoon + kDay).error().code == Code::invalid_argument);
  CHECK(publish_charter(town.tenant, {" \n", 0}, kAdministrator, kNoon).error().code == Code::invalid_argument);
  CHECK(publish_charter(town.tenant, {std::string(40'000, 'a'), 0}, kAdministrator, kNoon).error().code == Code::too_large);
  CHECK(acceptances_of(town.tenant, "a1")->size() == 2);
}

TEST_CASE("when the charter cannot be read, nobody passes") {
  const Town town;
  const auto agent = town.person("a1");
  REQUIRE(accept_charter(agent, read(charter_in_force(town.tenant, kNoon).value()), kNoon));
  town.run("DROP TABLE compliance_charter");
  CHECK(asked(agent, people::Right::generate, "/api/v1/rewordings").status == 500);
  CHECK(asked(agent, people::Right::ask, "/api/v1/answers").status == 200);
}

TEST_CASE("publishing, accepting and exporting are in the journal; the register gives names, and no formula") {
  const Town town;
  const std::string account = town.add("cmartin", "=HYPERLINK(0)");
  REQUIRE(accept_charter(town.person(account), read(charter_in_force(town.tenant, kNoon).value()), kNoon));
  REQUIRE(accept_charter(town.person(account), read(charter_in_force(town.tenant, kNoon).value()), kNoon + kDay));  // twice is once
  REQUIRE(publish_charter(town.tenant, {"Relire.", 0}, kAdministrator, kNoon));
  const auto csv = export_acceptances(town.tenant, audit::Format::csv, kAdministrator, kNoon);
  REQUIRE(csv);
  CHECK(csv->find(account + ";\"'=HYPERLINK(0) (cmartin)\";0;") != std::string::npos);
  CHECK(export_acceptances(town.tenant, audit::Format::json, kAdministrator, kNoon)->find("\"version\":0") != std::string::npos);
  std::string actions;
  const auto written_lines = audit::latest_lines(town.tenant, 10).value();
  for (const audit::Line& line : written_lines) actions += line.action + " ";
  CHECK(actions == "acceptances_exported acceptances_exported charter_published charter_accepted ");
  CHECK(audit::verify(town.tenant)->whole());
}
