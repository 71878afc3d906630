// What only a server can do: be away, refuse, be full, be busy. On a server of the test's own, which it stops as it likes.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <thread>
#include <vector>

#include "db/database.h"
#include "db/postgres/connection.h"
#include "db/testing.h"

using namespace beffroi;
using db::Access;
using db::Database;
using db::Engine;
using db::Place;
using db::testing::Ground;

namespace {

bool has_server() { return db::testing::engines().size() == 2; }

constexpr std::array<db::Migration, 1> kMigrations = {{{1, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL)"}}};

Database opened(const Place& place) {
  auto database = Database::open(place);
  REQUIRE(database);
  REQUIRE(database->migrate(kMigrations));
  return std::move(*database);
}

Place at(const std::string& url, int connections = 20) { return *Place::schema({.url = url, .connections = connections}, "commune_essai"); }

std::string replaced(std::string url, const std::string& from, const std::string& to) {
  const std::size_t at = url.find(from);
  REQUIRE(at != std::string::npos);
  return url.replace(at, from.size(), to);
}

// A server that this test may stop.
class OwnServer {
 public:
  OwnServer() {
    const std::string file = (folder_.path() / "url").string();
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
    started_ = tool("start", " >" + file);
    std::FILE* stream = std::fopen(file.c_str(), "r");
    std::array<char, 200> line{};
    if (stream != nullptr && std::fgets(line.data(), line.size(), stream) != nullptr) url_ = std::string(line.data());
    if (stream != nullptr) std::fclose(stream);
    if (!url_.empty()) url_.pop_back();
  }
  OwnServer(const OwnServer&) = delete;
  OwnServer& operator=(const OwnServer&) = delete;
  ~OwnServer() { tool("stop"); }

  [[nodiscard]] bool started() const { return started_; }
  [[nodiscard]] const std::string& url() const { return url_; }
  bool tool(const std::string& command, const std::string& rest = " >/dev/null") const {
    const std::string line =
        std::string(BEFFROI_SOURCE_DIR) + "/tools/postgres " + command + " " + (folder_.path() / "server").string() + rest;
    return std::system(line.c_str()) == 0;  // NOLINT(cert-env33-c): the test's own script
  }

 private:
  testing::TemporaryFolder folder_;
  std::string url_;
  bool started_ = false;
};

Error error_of(const std::string& url) {
  const auto database = Database::open(at(url), {.busy_timeout_ms = 2000});
  REQUIRE_FALSE(database);
  CHECK((database.error().message + database.error().detail).find("essai@") == std::string::npos);
  return database.error();
}

}  // namespace

TEST_CASE("a server that dies is told in French; when it is back everything works again, and what was committed is there") {
  if (!has_server()) return;
  const OwnServer server;
  REQUIRE(server.started());
  const Place place = at(server.url());
  Database database = opened(place);
  REQUIRE(database.execute("INSERT INTO note (text) VALUES ('gardé')"));
  auto begun = db::Transaction::begin(database);
  REQUIRE(database.execute("INSERT INTO note (text) VALUES ('perdu')"));
  {
    auto resting = Database::open(place);
  }
  REQUIRE(server.tool("crash"));
  const auto lost = database.execute("INSERT INTO note (text) VALUES ('perdu aussi')");
  REQUIRE_FALSE(lost);
  CHECK(lost.error().code == Code::unavailable);
  CHECK(lost.error().message.find("ne répond pas") != std::string::npos);
  CHECK(begun->commit().error().code == Code::unavailable);
  CHECK(error_of(server.url()).code == Code::unavailable);

  REQUIRE(server.tool("again"));
  Database back = opened(place);
  auto query = back.prepare("SELECT text FROM note");
  REQUIRE(query->step().value());
  CHECK(query->text(0) == "gardé");
  CHECK_FALSE(query->step().value());
}

TEST_CASE("a refused password, an unknown base, a silent address and an unreadable one are told apart, without the password") {
  if (!has_server()) return;
  const std::string url = db::testing::postgres_url();
  CHECK(error_of(replaced(url, ":essai@", ":faux@")).message.find("mot de passe") != std::string::npos);
  CHECK(error_of(replaced(url, "beffroi:", "inconnu:")).message.find("mot de passe") != std::string::npos);
  CHECK(error_of(replaced(url, "/postgres", "/absente")).message.find("n’existe pas") != std::string::npos);
  CHECK(error_of("postgresql://beffroi:essai@127.0.0.1:1/postgres").message.find("ne répond pas") != std::string::npos);
  CHECK(error_of(replaced(url, ":essai@", ":es@sai@")).code == Code::invalid_argument);
  CHECK(error_of(url + "?inconnu=1").code == Code::invalid_argument);
  // The server of the tests has no certificate: TLS asked for is TLS or nothing.
  CHECK(error_of(url + "?sslmode=require").code == Code::unavailable);
}

TEST_CASE("a full disk, a statement too long, a lack of memory: one sentence each") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  Database database = opened(ground.place());
  const auto raised = [&](const std::string& state) {
    return database.execute("DO $$ BEGIN RAISE EXCEPTION 'texte de Mme Martin' USING ERRCODE = '" + state + "'; END $$").error();
  };
  CHECK(raised("53100").code == Code::storage);
  CHECK(raised("53100").message.find("plein") != std::string::npos);
  CHECK(raised("53200").code == Code::unavailable);
  CHECK(raised("40P01").code == Code::busy);
  CHECK(raised("54000").code == Code::too_large);
  CHECK(raised("XX001").code == Code::storage);
  CHECK(raised("P0001").code == Code::internal);
  CHECK(raised("P0001").detail.find("Martin") == std::string::npos);
  auto hurried = Database::open(ground.place(), {.statement_timeout_ms = 1000});
  CHECK(hurried->execute("SELECT pg_sleep(60)").error().code == Code::busy);
  CHECK(hurried->execute("SELECT 1"));
}

TEST_CASE("texts that PostgreSQL cannot keep are refused") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  Database database = opened(ground.place());
  auto insert = database.prepare("INSERT INTO note (text) VALUES (?)");
  CHECK(insert->bind(1, std::string_view("a\0b", 3)).error().code == Code::bad_input);
  REQUIRE(insert->bind(1, std::string_view("\xff")));
  CHECK(insert->run().error().code == Code::bad_input);
  CHECK(insert->bind(1, std::as_bytes(std::span("ab"))).error().code == Code::conflict);
}

TEST_CASE("a user who may not make a schema is told what to ask for") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  Database database = opened(ground.place());
  const std::string role = ground.place().schema() + "_role";
  REQUIRE(database.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'simple'"));
  const auto place = Place::schema({.url = replaced(db::testing::postgres_url(), "beffroi:essai", role + ":simple")}, role);
  const auto refused = Database::open(*place);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::storage);
  CHECK(refused.error().message.find("créez-le") != std::string::npos);
  REQUIRE(database.execute("DROP ROLE " + role));
}

TEST_CASE("connections are bounded: beyond, one waits its turn, then is told to come back") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  const std::string url = db::testing::postgres_url() + "?application_name=deux";
  const Place place = *Place::schema({.url = url, .connections = 2}, ground.place().schema());
  const Place other = *Place::schema({.url = url, .connections = 2}, ground.place("autre").schema());
  Database first = opened(place);
  Database second = opened(other);
  CHECK(Database::open(place, {.busy_timeout_ms = 20}).error().code == Code::busy);
  std::jthread waiting([&] { CHECK(Database::open(place, {.busy_timeout_ms = 60'000})); });
  const Database gone = std::move(second);
}

TEST_CASE("the connection that comes back serves the next, of another schema if need be, and knows nothing of the former") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  const std::string url = db::testing::postgres_url() + "?application_name=une";
  const Place place = *Place::schema({.url = url, .connections = 1}, ground.place().schema());
  const Place other = *Place::schema({.url = url, .connections = 1}, ground.place("autre").schema());
  const auto value = [](Database& database, std::string_view sql) {
    auto query = database.prepare(sql);
    REQUIRE(query);
    REQUIRE(query->step().value());
    return std::string(query->text(0));
  };
  std::string process;
  {
    Database first = opened(place);
    process = value(first, "SELECT pg_backend_pid()");
    REQUIRE(first.execute("INSERT INTO note (text) VALUES ('secret')"));
    CHECK(value(first, "SELECT count(*) FROM note") == "1");
    REQUIRE(first.execute("CREATE TEMPORARY TABLE trace (x INTEGER); SET search_path = public; SET statement_timeout = 1"));
  }
  {
    Database second = opened(other);
    CHECK(value(second, "SELECT pg_backend_pid()") == process);
    CHECK(value(second, "SELECT current_schema()") == other.schema());
    CHECK(value(second, "SELECT count(*) FROM note") == "0");
    CHECK(second.prepare("SELECT * FROM trace").error().code == Code::internal);
  }
  Database again = opened(place);
  CHECK(value(again, "SELECT pg_backend_pid()") == process);
  CHECK(value(again, "SELECT count(*) FROM note") == "1");
}

TEST_CASE("a connection cut while it rested is replaced without a word") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  {
    opened(ground.place());
  }
  Database killer =
      opened(*Place::schema({.url = db::testing::postgres_url() + "?application_name=autre"}, ground.place("autre").schema()));
  REQUIRE(killer.execute(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'beffroi' AND pid <> pg_backend_pid()"));
  Database database = opened(ground.place());
  CHECK(database.execute("INSERT INTO note (text) VALUES ('x')"));
}

TEST_CASE("a statement known before a migration is read anew after it") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  Database reader = opened(ground.place());
  Database writer = opened(ground.place());
  REQUIRE(reader.execute("INSERT INTO note (text) VALUES ('x')"));
  auto query = reader.prepare("SELECT * FROM note");
  REQUIRE(query->step().value());
  query->reset();
  REQUIRE(writer.execute("ALTER TABLE note ADD COLUMN size INTEGER NOT NULL DEFAULT 7"));
  REQUIRE(query->step().value());
  CHECK(query->number(2) == 7);
}

TEST_CASE("more statements than a connection keeps") {
  if (!has_server()) return;
  const Ground ground(Engine::postgres);
  Database database = opened(ground.place());
  auto kept = database.prepare("SELECT ?");
  for (int i = 0; i < 450; ++i) {
    auto query = database.prepare("SELECT " + std::to_string(i));
    REQUIRE(query);
    REQUIRE(query->step().value());
    CHECK(query->number(0) == i);
  }
  REQUIRE(kept->bind(1, std::string_view("encore là")));
  REQUIRE(kept->step().value());
  CHECK(kept->text(0) == "encore là");
}
