#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "db/database.h"
#include "db/tables.h"
#include "db/testing.h"

using namespace beffroi;
using db::Database;
using db::Engine;
using db::Migration;
using db::Place;
using db::Transaction;
using db::testing::Ground;

namespace {

constexpr Migration kNote = {1, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"};
constexpr Migration kIndex = {2, "CREATE INDEX note_text ON note (text)"};
constexpr Migration kPeople = {10, "CREATE TABLE people (id INTEGER PRIMARY KEY)"};
constexpr Migration kAudit = {20, "CREATE TABLE audit (id INTEGER PRIMARY KEY)"};

Database opened(const Place& place) {
  auto database = Database::open(place);
  REQUIRE(database);
  return std::move(*database);
}

std::vector<std::string> tables_of(Database& database) {
  const auto found = db::tables(database);
  REQUIRE(found);
  return *found;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("migrations run once, undo themselves when they fail, and a newer database is refused") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const Ground ground(engine);
    Database database = opened(ground.place());
    CHECK(database.version().value() == 0);
    REQUIRE(database.migrate(std::array{kNote, kIndex}));
    CHECK(database.version().value() == 2);
    REQUIRE(database.migrate(std::array{kNote, kIndex}));
    CHECK_FALSE(database.migrate(std::array{kNote, kIndex, Migration{3, "CREATE TABLE other (id INTEGER); NOT SQL"}}));
    CHECK(database.version().value() == 2);
    CHECK(tables_of(database) == Names{"note"});

    const auto refused = database.migrate(std::array{kNote});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::conflict);
    CHECK(refused.error().message.find("version plus récente") != std::string::npos);
  }
}

TEST_CASE("a number lower than the last one is applied too; an unknown one in a hole is of a newer program") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const Ground ground(engine);
    Database database = opened(ground.place());
    REQUIRE(database.migrate(std::array{kNote, kAudit}));
    CHECK(database.version().value() == 20);
    REQUIRE(database.migrate(std::array{kNote, kIndex, kPeople, kAudit}));
    CHECK(tables_of(database) == Names{"audit", "note", "people"});
    CHECK(database.version().value() == 20);
    CHECK(database.migrate(std::array{kNote, kIndex, kAudit}).error().code == Code::conflict);
    CHECK(database.migrate(std::array{kNote, kPeople, kIndex, kAudit}).error().code == Code::internal);
  }
}

TEST_CASE("a file of the former scheme, which kept the last number only, goes on from there") {
  testing::TemporaryFolder folder;
  Database database = opened(Place::file(folder.path() / "a.sqlite"));
  REQUIRE(database.execute(std::string(kNote.sql) + ";" + std::string(kIndex.sql) + "; PRAGMA user_version=2"));
  CHECK(database.version().value() == 2);
  CHECK(database.migrate(std::array{kNote}).error().code == Code::conflict);
  REQUIRE(database.migrate(std::array{kNote, kIndex}));
  REQUIRE(database.migrate(std::array{kNote, kIndex, kAudit}));
  REQUIRE(database.migrate(std::array{kNote, kIndex, kPeople, kAudit}));
  CHECK(tables_of(database) == Names{"audit", "note", "people"});
  // A program of the former scheme reads this, and refuses the file.
  auto former = database.prepare("PRAGMA user_version");
  REQUIRE(former->step().value());
  CHECK(former->number(0) == 20);
}

TEST_CASE("several nodes that start at once make one database") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const Ground ground(engine);
    const Place place = ground.place();
    std::mutex mutex;
    std::string faults;
    {
      std::vector<std::jthread> nodes;
      for (int i = 0; i < 4; ++i) {
        nodes.emplace_back([&] {
          auto database = Database::open(place, {.busy_timeout_ms = 60'000});
          const Status made = database ? database->migrate(std::array{kNote, kIndex, kPeople, kAudit}) : tl::unexpected(database.error());
          const std::lock_guard lock(mutex);
          if (!made) faults += made.error().message + " " + made.error().detail + "; ";
        });
      }
    }
    CHECK(faults == "");
    Database database = opened(place);
    CHECK(tables_of(database) == Names{"audit", "note", "people"});
  }
}

TEST_CASE("a process killed in the middle of a migration leaves the former state") {
  constexpr Migration kEndless = {3, R"sql(
    CREATE TABLE half (x INTEGER);
    INSERT INTO note (text) VALUES ('à moitié');
    WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x > 0) INSERT INTO half SELECT count(*) FROM n;
  )sql"};
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const Ground ground(engine);
    const Place place = ground.place();
    REQUIRE(opened(place).migrate(std::array{kNote, kIndex}));
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto database = Database::open(place);
      ::_exit(database && database->migrate(std::array{kNote, kIndex, kEndless}) ? 0 : 1);
    }
    // The migration has begun when another writer is told to wait.
    auto watcher = Database::open(place, {.busy_timeout_ms = 20});
    REQUIRE(watcher);
    while (Transaction::begin(*watcher) && ::waitpid(child, nullptr, WNOHANG) == 0) ::usleep(1000);
    REQUIRE(::waitpid(child, nullptr, WNOHANG) == 0);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);

    auto database = Database::open(place, {.busy_timeout_ms = 60'000});
    REQUIRE(database);
    REQUIRE(database->migrate(std::array{kNote, kIndex, kPeople}));
    CHECK(tables_of(*database) == Names{"note", "people"});
    auto query = database->prepare("SELECT count(*) FROM note");
    REQUIRE(query->step().value());
    CHECK(query->number(0) == 0);
  }
}
