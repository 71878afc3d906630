#include "db/database.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <vector>

#include "base/testing.h"

using namespace beffroi;
using db::Access;
using db::Database;
using db::Transaction;

namespace {

constexpr std::array<db::Migration, 2> kMigrations = {{
    {1, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, data BLOB, weight REAL)"},
    {2, "CREATE INDEX note_text ON note (text)"},
}};

Database opened(const std::filesystem::path& path) {
  auto database = Database::open(path);
  REQUIRE(database);
  REQUIRE(database->migrate(kMigrations));
  return std::move(*database);
}

std::int64_t count(Database& database) {
  auto query = database.prepare("SELECT count(*) FROM note");
  REQUIRE(query);
  REQUIRE(query->step().value());
  return query->number(0);
}

}  // namespace

TEST_CASE("values bound come back as they were, NULL and empty included") {
  testing::TemporaryFolder folder;
  Database database = opened(folder.path() / "a.sqlite");
  auto insert = database.prepare("INSERT INTO note (text, data, weight) VALUES (?, ?, ?)");
  REQUIRE(insert);
  const std::vector<std::byte> bytes = {std::byte{0}, std::byte{255}};
  REQUIRE(insert->bind_all(std::string_view("Été\0!", 7), std::span<const std::byte>(bytes), 2.5));
  REQUIRE(insert->run());
  CHECK(database.changes() == 1);
  REQUIRE(insert->bind_all(std::string_view{}, std::span<const std::byte>{}, 0.0));
  REQUIRE(insert->bind_null(3));
  REQUIRE(insert->run());

  auto query = database.prepare("SELECT text, data, weight, id FROM note ORDER BY id");
  REQUIRE(query->step().value());
  CHECK(query->text(0) == std::string_view("Été\0!", 7));
  CHECK(query->bytes(1).size() == 2);
  CHECK(query->bytes(1)[1] == std::byte{255});
  CHECK(query->real(2) == 2.5);
  CHECK(query->number(3) == 1);
  REQUIRE(query->step().value());
  CHECK(query->text(0).empty());
  CHECK_FALSE(query->is_null(0));
  CHECK(query->bytes(1).empty());
  CHECK(query->is_null(2));
  CHECK_FALSE(query->step().value());
}

TEST_CASE("a transaction left uncommitted leaves nothing") {
  testing::TemporaryFolder folder;
  Database database = opened(folder.path() / "a.sqlite");
  {
    auto transaction = Transaction::begin(database);
    REQUIRE(transaction);
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('perdu')"));
  }
  CHECK(count(database) == 0);
  auto transaction = Transaction::begin(database);
  REQUIRE(database.execute("INSERT INTO note (text) VALUES ('gardé')"));
  REQUIRE(transaction->commit());
  CHECK(count(database) == 1);
}

TEST_CASE("a reader keeps the state it began with while a writer works") {
  testing::TemporaryFolder folder;
  Database writer = opened(folder.path() / "a.sqlite");
  auto reader = Database::open(folder.path() / "a.sqlite", {.access = Access::read_only});
  REQUIRE(reader);
  auto snapshot = Transaction::begin(*reader, Transaction::Kind::read);
  REQUIRE(snapshot);
  REQUIRE(writer.execute("INSERT INTO note (text) VALUES ('nouveau')"));
  CHECK(count(*reader) == 0);
  REQUIRE(snapshot->commit());
  CHECK(count(*reader) == 1);
}

TEST_CASE("a read-only database refuses to write, and is not created") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.sqlite";
  CHECK(Database::open(path, {.access = Access::read_only}).error().code == Code::not_found);
  CHECK_FALSE(std::filesystem::exists(path));
  opened(path);
  auto reader = Database::open(path, {.access = Access::read_only});
  REQUIRE(reader);
  CHECK(reader->execute("INSERT INTO note (text) VALUES ('x')").error().code == Code::storage);
}

TEST_CASE("a second writer waits, then is told the file is busy") {
  testing::TemporaryFolder folder;
  Database first = opened(folder.path() / "a.sqlite");
  auto second = Database::open(folder.path() / "a.sqlite", {.busy_timeout_ms = 20});
  auto held = Transaction::begin(first);
  REQUIRE(held);
  const auto refused = Transaction::begin(*second);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::busy);
}

TEST_CASE("migrations run once, undo themselves when they fail, and a newer file is refused") {
  testing::TemporaryFolder folder;
  Database database = opened(folder.path() / "a.sqlite");
  CHECK(database.version().value() == 2);
  REQUIRE(database.migrate(kMigrations));
  const std::array<db::Migration, 3> broken = {{kMigrations[0], kMigrations[1], {3, "CREATE TABLE other (id); NOT SQL"}}};
  CHECK_FALSE(database.migrate(broken));
  CHECK(database.version().value() == 2);
  CHECK_FALSE(database.prepare("SELECT * FROM other"));

  const auto refused = database.migrate(std::span(kMigrations).first(1));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::conflict);
  CHECK(refused.error().message.find("version plus récente") != std::string::npos);
}

TEST_CASE("a file that is not a database is refused in French") {
  testing::TemporaryFolder folder;
  std::ofstream(folder.path() / "a.sqlite") << std::string(5000, 'x');
  const auto refused = Database::open(folder.path() / "a.sqlite");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage);
  CHECK(refused.error().message.find("n’est pas une base") != std::string::npos);
  CHECK(Database::open(folder.path() / "no" / "a.sqlite").error().code == Code::storage);
}

TEST_CASE("a broken statement and a broken rule are told apart") {
  testing::TemporaryFolder folder;
  Database database = opened(folder.path() / "a.sqlite");
  CHECK(database.prepare("SELECT nothing FROM nowhere").error().code == Code::internal);
  CHECK(database.execute("INSERT INTO note (text) VALUES (NULL)").error().code == Code::conflict);
  auto query = database.prepare("SELECT ?");
  CHECK(query->bind(2, std::int64_t{1}).error().code == Code::internal);
}

TEST_CASE("a full disk is told as such and loses nothing") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.sqlite";
  {
    Database database = opened(path);
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('gardé')"));
  }
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // The disk is full at 200 kB for this process only.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit = {200'000, 200'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto database = Database::open(path);
    auto transaction = database ? Transaction::begin(*database) : fail(Code::internal, "");
    Status written;
    for (int i = 0; i < 100 && transaction && written; ++i) {
      written = database->execute("INSERT INTO note (text, data) VALUES ('grand', zeroblob(50000))");
    }
    if (transaction && written) written = transaction->commit();
    const bool told = !written && written.error().code == Code::storage && written.error().message.starts_with("Le disque est plein");
    ::_exit(told ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  Database database = opened(path);
  CHECK(count(database) == 1);
}
