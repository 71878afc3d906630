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
#include "db/kept_open.h"

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

TEST_CASE("a file that is not a database is refused in French") {
  testing::TemporaryFolder folder;
  std::ofstream(folder.path() / "a.sqlite") << std::string(5000, 'x');
  const auto refused = Database::open(folder.path() / "a.sqlite");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage);
  CHECK(refused.error().message.find("n’est pas une base") != std::string::npos);
  CHECK(Database::open(folder.path() / "no" / "a.sqlite").error().code == Code::storage);
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

TEST_CASE("a file that rests open is lent again, unless another bears its name") {
  testing::TemporaryFolder folder;
  std::filesystem::create_directory(folder.path() / "home");
  const auto path = folder.path() / "home" / "a.sqlite";
  const db::KeptOpen kept_open;
  {
    Database database = opened(path);
    REQUIRE(database.execute("BEGIN"));
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('jamais validé')"));
  }
  {
    Database again = opened(path);
    CHECK(count(again) == 0);
    REQUIRE(again.execute("INSERT INTO note (text) VALUES ('ancien')"));
  }
  {
    auto reader = Database::open(path, {.access = Access::read_only});
    REQUIRE(reader);
    CHECK_FALSE(reader->execute("INSERT INTO note (text) VALUES ('refusé')"));
  }
  CHECK(opened(path).execute("INSERT INTO note (text) VALUES ('écrit')"));  // the one that only read, lent to who writes
  std::filesystem::rename(folder.path() / "home", folder.path() / "kept aside");
  std::filesystem::create_directory(folder.path() / "home");
  Database fresh = opened(path);
  CHECK(count(fresh) == 0);
  Database aside = opened(folder.path() / "kept aside" / "a.sqlite");
  CHECK(count(aside) == 2);
}

TEST_CASE("nothing rests once nobody keeps files open: the journal is emptied into the file") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "a.sqlite";
  const auto journal = folder.path() / "a.sqlite-wal";
  {
    const db::KeptOpen kept_open;
    {
      Database database = opened(path);
    }
    CHECK(std::filesystem::exists(journal));
  }
  CHECK_FALSE(std::filesystem::exists(journal));
}
