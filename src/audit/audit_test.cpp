#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <string>
#include <thread>
#include <vector>

#include "audit/csv.h"
#include "audit/export.h"
#include "audit/testing/ground.h"
#include "audit/verify.h"
#include "json/reader.h"

using namespace beffroi;
using namespace beffroi::audit;
using audit::testing::Ground;
using audit::testing::purge_lines;

namespace {

constexpr std::int64_t kNoon = 1'764'244'800'000;  // 27 November 2025, 12:00 UTC

Entry reworded_by(std::string account) {
  Entry entry{.who = {Actor::person, std::move(account)}, .action = Action::reworded};
  entry.object = "9f3c";
  entry.sources = {{"F1341", "2019-08-28"}, {"F14929", "2020-01-02"}};
  entry.model = "qwen2.5-coder-1.5b";
  entry.model_sha256 = std::string(64, 'a');
  entry.verdicts = {3, 1};
  entry.outcome = "answered";
  return entry;
}

std::string exported(const tenants::Tenant& tenant, const Export& asked) {
  std::string file;
  REQUIRE(export_lines(tenant, asked, [&](std::string_view piece) -> Status {
    file += piece;
    return {};
  }));
  return file;
}

}  // namespace

TEST_CASE("a line says who, what, from which sources, with which model, what the checks said; and no sentence can be in it") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Ground ground(engine);
    const auto tenant = ground.commune("saint-jean");
    REQUIRE(append(tenant, reworded_by("a7"), kNoon));
    const auto lines = latest_lines(tenant, 10);
    REQUIRE(lines);
    REQUIRE(lines->size() == 1);
    const Line& line = lines->front();
    CHECK(line.number == 1);
    CHECK(line.who_kind == "person");
    CHECK(line.who == "a7");
    CHECK(line.action == "reworded");
    CHECK(line.sources == "F1341@2019-08-28 F14929@2020-01-02");
    CHECK(line.passed == 3);
    CHECK(line.refused == 1);

    Entry sentence = reworded_by("a7");
    sentence.object = "j’ai perdu mon passeport";
    CHECK(append(tenant, sentence, kNoon).error().code == Code::invalid_argument);
    Entry name = reworded_by("Camille Martin");
    CHECK_FALSE(append(tenant, name, kNoon));
    CHECK(verify(tenant)->whole());
  }
}

TEST_CASE("what a commune writes, another does not see, and cannot pass off as its own") {
  const Ground ground(db::Engine::sqlite);
  const auto first = ground.commune("saint-jean"), second = ground.commune("saint-paul");
  const auto line = append(first, reworded_by("a7"), kNoon);
  REQUIRE(line);
  CHECK(latest_lines(second, 10)->empty());

  auto stolen = second.connect();
  REQUIRE(stolen->execute("INSERT INTO audit_line VALUES (1, " + std::to_string(kNoon) +
                          ", 'person', 'a7', 'reworded', '9f3c', 'F1341@2019-08-28 F14929@2020-01-02', 'qwen2.5-coder-1.5b', '" +
                          std::string(64, 'a') + "', 3, 1, 'answered', '" + line->hash + "')"));
  REQUIRE(stolen->execute("INSERT INTO audit_head VALUES (1, 1, '" + line->hash + "', 0, '" + first_hash("saint-jean") + "')"));
  CHECK(verify(second)->fault_at == 1);
}

TEST_CASE("the database refuses to change a line or to lose one") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Ground ground(engine);
    const auto tenant = ground.commune("saint-jean");
    REQUIRE(append(tenant, reworded_by("a7"), kNoon));
    auto database = tenant.connect();
    for (const char* attempt : {"UPDATE audit_line SET who = 'a8'", "DELETE FROM audit_line", "UPDATE audit_head SET lines = 0",
                                "DELETE FROM audit_head", "DELETE FROM audit_line WHERE number = 1"}) {
      CAPTURE(attempt);
      const auto refused = database->execute(attempt);
      REQUIRE_FALSE(refused);
      CHECK(refused.error().code == Code::conflict);
    }
    CHECK(verify(tenant)->kept == 1);
  }
}

TEST_CASE("several writers at once make one chain") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Ground ground(engine);
    const auto tenant = ground.commune("saint-jean");
    std::vector<int> failed(4, 0);
    {
      std::vector<std::jthread> writers;
      for (int& mine : failed) {
        writers.emplace_back([&] {
          for (int i = 0; i < 25; ++i) mine += append(tenant, reworded_by("a7"), kNoon + i) ? 0 : 1;
        });
      }
    }
    CHECK(failed == std::vector<int>(4, 0));
    const auto found = verify(tenant);
    CHECK(found->whole());
    CHECK(found->kept == 100);
  }
}

TEST_CASE("killed while it writes, the journal stays whole") {
  const Ground ground(db::Engine::sqlite);
  const auto tenant = ground.commune("saint-jean");
  for (int round = 0; round < 5; ++round) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      for (;;) static_cast<void>(append(tenant, reworded_by("a7"), kNoon));
    }
    ::usleep(30'000);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const auto found = verify(tenant);
    REQUIRE(found);
    CAPTURE(found->fault);
    CHECK(found->whole());
    CHECK(append(tenant, reworded_by("a8"), kNoon));
  }
  CHECK(verify(tenant)->kept >= 5);
}

TEST_CASE("purged lines are signed off, and the rest still verifies") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Ground ground(engine);
    const auto tenant = ground.commune("saint-jean");
    for (int day = 0; day < 10; ++day) REQUIRE(append(tenant, reworded_by("a7"), kNoon + day * kDayMs));
    const auto purge = purge_lines(tenant, kNoon + 4 * kDayMs, kNoon + 20 * kDayMs);
    REQUIRE(purge);
    CHECK(purge->lines == 4);
    auto found = verify(tenant);
    CHECK(found->whole());
    CHECK(found->kept == 7);  // six, and the one that signs off
    CHECK(latest_lines(tenant, 1)->front().action == "lines_purged");

    CHECK(purge_lines(tenant, kNoon + 4 * kDayMs, kNoon + 20 * kDayMs)->lines == 0);
    CHECK(purge_lines(tenant, kNoon + 7 * kDayMs, kNoon + 21 * kDayMs)->lines == 3);
    CHECK(verify(tenant)->whole());
    CHECK(purge_lines(tenant, kNoon + 90 * kDayMs, kNoon + 91 * kDayMs)->lines == 5);
    found = verify(tenant);
    CHECK(found->whole());
    CHECK(found->kept == 1);
  }
}

TEST_CASE("a line of the past behind a younger one waits for it") {
  const Ground ground(db::Engine::sqlite);
  const auto tenant = ground.commune("saint-jean");
  REQUIRE(append(tenant, reworded_by("a7"), kNoon));
  REQUIRE(append(tenant, reworded_by("a7"), kNoon + 30 * kDayMs));  // a clock that ran ahead
  REQUIRE(append(tenant, reworded_by("a7"), kNoon + kDayMs));
  CHECK(purge_lines(tenant, kNoon + 5 * kDayMs, kNoon + 6 * kDayMs)->last_number == 1);
  CHECK(verify(tenant)->whole());
}

TEST_CASE("an export is written in the journal first, then says everything") {
  const Ground ground(db::Engine::sqlite);
  const auto tenant = ground.commune("saint-jean");
  REQUIRE(append(tenant, reworded_by("a7"), kNoon));
  REQUIRE(append(tenant, reworded_by("a8"), kNoon + 2 * kDayMs));

  const std::string csv = exported(tenant, {.who = {Actor::person, "dpo1"}, .at_ms = kNoon + 3 * kDayMs});
  CHECK(csv.starts_with("\xEF\xBB\xBFnumber;time;who_kind;who;"));
  CHECK(csv.find("1;2025-11-27T12:00:00.000Z;person;a7;reworded;9f3c;") != std::string::npos);
  CHECK(csv.find("3;2025-11-30T12:00:00.000Z;person;dpo1;audit_exported;") != std::string::npos);

  Export one_day{.format = Format::json, .at_ms = kNoon + 3 * kDayMs};
  one_day.period = {midnight_of("2025-11-29").value(), midnight_of("2025-11-30").value()};
  const auto document = json::Document::parse(exported(tenant, one_day));
  REQUIRE(document);
  const auto lines = document->root().member("lines");
  REQUIRE(lines->size() == 1);
  CHECK(lines->at(0).member("who")->text().value() == "a8");
  CHECK(verify(tenant)->whole());
}

TEST_CASE("no spreadsheet computes a field of a CSV") {
  std::string row;
  add_csv_row(row, {"=cmd|' /C calc'!A0", "+33", "-1", "@SUM(A1)", "\tx", "a;b", "dit \"oui\"", "été"});
  CHECK(row == "\"'=cmd|' /C calc'!A0\";\"'+33\";\"'-1\";\"'@SUM(A1)\";\"'\tx\";\"a;b\";\"dit \"\"oui\"\"\";été\r\n");
}

TEST_CASE("days and times") {
  CHECK(utc_text(0) == "1970-01-01T00:00:00.000Z");
  CHECK(utc_text(kNoon + 123) == "2025-11-27T12:00:00.123Z");
  CHECK(midnight_of("2025-11-27").value() == kNoon - kDayMs / 2);
  for (const char* wrong : {"", "2025-02-30", "27/11/2025", "2025-11-2x", "2025-11-271", "1969-12-31"}) {
    CAPTURE(wrong);
    CHECK_FALSE(midnight_of(wrong));
  }
}
