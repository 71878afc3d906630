#include "compliance/purge.h"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "audit/verify.h"
#include "base/files.h"
#include "compliance/retention.h"
#include "compliance/testing/town.h"
#include "db/database.h"

using namespace beffroi;
using namespace beffroi::compliance;
using compliance::testing::kDay;
using compliance::testing::keepers;
using compliance::testing::kNoon;
using compliance::testing::Town;

namespace {

constexpr const char* kSecret = "Mme Rivière a perdu son passeport";

PurgeOrder on(std::int64_t now_ms) { return {.now_ms = now_ms}; }

// In any file under the home folder, whatever its kind.
bool is_on_disk(const Town& town, std::string_view words) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(town.ground.home())) {
    if (!entry.is_regular_file()) continue;
    const auto bytes = read_file(entry.path());
    if (bytes && bytes->find(words) != std::string::npos) return true;
  }
  return false;
}

std::string proofs(const Town& town) {
  std::string objects;
  const auto written_lines = audit::latest_lines(town.tenant, 100).value();
  for (const audit::Line& line : written_lines) {
    if (line.action == "purged") objects = line.object + " " + line.outcome + "\n" + objects;
  }
  return objects;
}

}  // namespace

TEST_CASE("what is older than its retention goes, the rest stays, and the journal says how many") {
  for (const db::Engine engine : db::testing::engines()) {
    CAPTURE(db::name_of(engine));
    const Town town(engine);
    town.note("2026-10-27", kSecret);
    town.note("2026-10-28", "le dernier jour gardé");
    town.run("INSERT INTO visit (at_ms, account) VALUES (" + std::to_string(kNoon - 20 * kDay) + ", 'a1')");
    REQUIRE(purge(town.tenant, keepers(), on(kNoon - kDay))->first_look);
    CHECK(town.number("SELECT count(*) FROM note") == 2);

    PurgeOrder order = on(kNoon);
    order.backups = []() -> Result<std::vector<BackupHeld>> {
      return std::vector<BackupHeld>{{"/sauvegardes/1.beffroi", kNoon - 2 * kDay}};
    };
    const auto report = purge(town.tenant, keepers(), order);
    REQUIRE(report);
    CHECK(report->rows == 2);
    CHECK_FALSE(report->traces_left);
    CHECK(report->backups.size() == 1);
    CHECK(report->kinds.front().before_day == "2026-10-28");
    CHECK(town.number("SELECT count(*) FROM note") == 1);
    CHECK(town.number("SELECT count(*) FROM visit") == 0);
    CHECK(proofs(town) == "notes:2026-10-28:1 done\nvisits:2026-11-17:1 done\nall:2026-11-27:2:backups=1 done\n");
    CHECK(audit::verify(town.tenant)->whole());
  }
}

TEST_CASE("nothing of what was purged is left in any file, nor of what had been changed before") {
  const Town town;
  town.note("2025-01-01", kSecret);
  town.note("2026-11-26", "M. Jouve demande une place en crèche");
  town.run("UPDATE note SET text = 'corrigé' WHERE day = '2026-11-26'");
  REQUIRE(is_on_disk(town, kSecret));
  PurgeOrder order = on(kNoon);
  order.date_confirmed = true;
  REQUIRE_FALSE(purge(town.tenant, keepers(), order)->traces_left);
  CHECK_FALSE(is_on_disk(town, kSecret));
  CHECK_FALSE(is_on_disk(town, "Jouve"));
  CHECK(is_on_disk(town, "corrigé"));
}

TEST_CASE("while somebody reads an older state, the files keep traces, said as such; the next purge finishes") {
  const Town town;
  town.note("2025-01-01", kSecret);
  PurgeOrder order = on(kNoon);
  order.date_confirmed = true;
  {
    auto reader = town.tenant.connect();
    const auto state = db::Transaction::begin(*reader, db::Transaction::Kind::read);
    const auto report = purge(town.tenant, keepers(), order);
    REQUIRE(report);
    CHECK(report->rows == 1);
    CHECK(report->traces_left);
    CHECK(proofs(town).find("traces_left") != std::string::npos);
  }
  CHECK_FALSE(purge(town.tenant, keepers(), on(kNoon + kDay))->traces_left);
  CHECK_FALSE(is_on_disk(town, kSecret));
}

TEST_CASE("a clock that jumped erases nothing until somebody confirms the date") {
  const Town town;
  town.note("2026-11-20", "de la semaine");
  REQUIRE(purge(town.tenant, keepers(), on(kNoon))->first_look);
  REQUIRE(purge(town.tenant, keepers(), on(kNoon + kDay))->rows == 0);
  const auto jumped = purge(town.tenant, keepers(), on(kNoon + 400 * kDay));
  REQUIRE_FALSE(jumped);
  CHECK(jumped.error().code == Code::conflict);
  CHECK(jumped.error().message.find("399 jours") != std::string::npos);
  CHECK(town.number("SELECT count(*) FROM note") == 1);
  // Set right, it goes on; set back, it erases less.
  CHECK(purge(town.tenant, keepers(), on(kNoon + 2 * kDay))->rows == 0);
  CHECK(purge(town.tenant, keepers(), on(kNoon - 40 * kDay))->rows == 0);
  PurgeOrder sure = on(kNoon + 400 * kDay);
  sure.date_confirmed = true;
  CHECK(purge(town.tenant, keepers(), sure)->rows > 0);
  CHECK(town.number("SELECT count(*) FROM note") == 0);
}

TEST_CASE("killed in the middle, a purge is finished by the next one, and the counts of the journal are those of the rows") {
  constexpr int kRows = 400;
  const Town town;
  {
    auto database = town.tenant.connect();
    auto transaction = db::Transaction::begin(*database);
    for (int i = 0; i < kRows; ++i) REQUIRE(database->execute("INSERT INTO note (day, text) VALUES ('2025-01-01', 'ancienne')"));
    REQUIRE(transaction->commit());
  }
  PurgeOrder order = on(kNoon);
  order.date_confirmed = true;
  for (int round = 0; round < 6; ++round) {
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      static_cast<void>(purge(town.tenant, keepers(), order));
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(2'000 + round * 9'000));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
  }
  REQUIRE_FALSE(purge(town.tenant, keepers(), order)->traces_left);
  CHECK(town.number("SELECT count(*) FROM note") == 0);
  CHECK_FALSE(is_on_disk(town, "ancienne"));
  CHECK(audit::verify(town.tenant)->whole());
  std::int64_t counted = 0;
  const auto written_lines = audit::latest_lines(town.tenant, 100).value();
  for (const audit::Line& line : written_lines) {
    if (line.object.starts_with("notes:")) counted += std::stoll(line.object.substr(line.object.rfind(':') + 1));
  }
  CHECK(counted == kRows);
}

TEST_CASE("a commune decides its days, between bounds, and the journal says so") {
  const Town town;
  const audit::Who dpo{audit::Actor::person, "dpo1"};
  REQUIRE(set_retention(town.tenant, keepers(), {"notes", 5}, dpo, kNoon));
  CHECK(audit::latest_lines(town.tenant, 1)->front().object == "notes:30->5");
  const auto set = retentions(town.tenant, keepers());
  CHECK(set->front().days == 5);
  CHECK(set->front().decided);
  CHECK_FALSE(set->at(1).decided);
  CHECK(set_retention(town.tenant, keepers(), {"notes", 366}, dpo, kNoon).error().code == Code::invalid_argument);
  CHECK(set_retention(town.tenant, keepers(), {"audit", 30}, dpo, kNoon).error().code == Code::invalid_argument);
  CHECK(set_retention(town.tenant, keepers(), {"accounts", 30}, dpo, kNoon).error().code == Code::invalid_argument);
  CHECK(set_retention(town.tenant, keepers(), {"secrets", 30}, dpo, kNoon).error().code == Code::not_found);

  town.note("2026-11-20", "de la semaine");
  PurgeOrder order = on(kNoon);
  order.date_confirmed = true;
  CHECK(purge(town.tenant, keepers(), order)->rows == 1);
  // A value that nobody could have decided stops the purge instead of erasing.
  town.run("UPDATE compliance_retention SET days = -1");
  town.note("2026-11-26", "d’hier");
  CHECK(purge(town.tenant, keepers(), order).error().code == Code::bad_input);
  CHECK(town.number("SELECT count(*) FROM note") == 1);
}

TEST_CASE("the journal itself is purged after its days, and still verifies") {
  const Town town;
  const audit::Entry entry;
  REQUIRE(audit::append(town.tenant, entry, kNoon - 400 * kDay));
  REQUIRE(audit::append(town.tenant, entry, kNoon - 300 * kDay));
  PurgeOrder order = on(kNoon);
  order.date_confirmed = true;
  CHECK(purge(town.tenant, keepers(), order)->rows == 1);
  const auto found = audit::verify(town.tenant);
  CHECK(found->whole());
  CHECK(found->head.purged == 1);
}
