#include "db/database.h"

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

#include "db/testing.h"

using namespace beffroi;
using db::Access;
using db::Database;
using db::Engine;
using db::Place;
using db::Transaction;
using db::testing::Ground;

namespace {

constexpr std::array<db::Migration, 2> kMigrations = {{
    {1,
     "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL, data BLOB, weight REAL) STRICT;"
     "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID"},
    {2, "CREATE UNIQUE INDEX note_text ON note (text)"},
}};

Database opened(const Place& place, const db::OpenOptions& options = {}) {
  auto database = Database::open(place, options);
  REQUIRE(database);
  if (options.access == Access::read_write) REQUIRE(database->migrate(kMigrations));
  return std::move(*database);
}

std::int64_t count(Database& database) {
  auto query = database.prepare("SELECT count(*) FROM note");
  REQUIRE(query);
  REQUIRE(query->step().value());
  return query->number(0);
}

std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

}  // namespace

#define ON_EACH_ENGINE(ground)                       \
  for (const Engine engine : db::testing::engines()) \
    if (const Ground ground(engine); true)           \
      if (INFO(std::string(db::name_of(engine))); true)

TEST_CASE("values bound come back as they were, NULL and empty included") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    CHECK(database.engine() == engine);
    auto insert = database.prepare("INSERT INTO note (text, data, weight) VALUES (?, ?, ?)");
    REQUIRE(insert);
    REQUIRE(insert->bind_all(std::string_view("Été, l’œuvre 🎪 \\x41"), bytes_of(std::string_view("\0\xff", 2)), 2.5));
    REQUIRE(insert->run());
    CHECK(database.changes() == 1);
    REQUIRE(insert->bind_all(std::string_view{}, std::span<const std::byte>{}, 0.0));
    REQUIRE(insert->bind_null(3));
    REQUIRE(insert->run());

    auto query = database.prepare("SELECT text, data, weight, id FROM note ORDER BY id");
    REQUIRE(query->step().value());
    CHECK(query->text(0) == "Été, l’œuvre 🎪 \\x41");
    REQUIRE(query->bytes(1).size() == 2);
    CHECK(query->bytes(1)[1] == std::byte{255});
    CHECK(query->real(2) == 2.5);
    CHECK(query->number(3) == 1);
    REQUIRE(query->step().value());
    CHECK(query->text(0).empty());
    CHECK_FALSE(query->is_null(0));
    CHECK(query->bytes(1).empty());
    CHECK_FALSE(query->is_null(1));
    CHECK(query->is_null(2));
    CHECK(query->real(2) == 0);
    CHECK_FALSE(query->step().value());
  }
}

TEST_CASE("numbers keep their last bit") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    using Integers = std::numeric_limits<std::int64_t>;
    using Reals = std::numeric_limits<double>;
    for (const std::int64_t number : {Integers::min(), std::int64_t{-1}, std::int64_t{0}, Integers::max()}) {
      auto insert = database.prepare(
          "INSERT INTO counter (name, value) VALUES ('x', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value "
          "RETURNING value");
      REQUIRE(insert);
      REQUIRE(insert->bind(1, number));
      REQUIRE(insert->step().value());
      CHECK(insert->number(0) == number);
    }
    for (const double real : {0.1, -1.0 / 3, 1e300, Reals::denorm_min(), Reals::max(), Reals::infinity()}) {
      CAPTURE(real);
      auto insert = database.prepare("INSERT INTO note (text, weight) VALUES (?, ?) RETURNING weight");
      REQUIRE(insert->bind_all(std::to_string(real) + std::to_string(1 / real), real));
      REQUIRE(insert->step().value());
      CHECK(insert->real(0) == real);
    }
    auto insert = database.prepare("INSERT INTO note (text, weight) VALUES ('rien', ?) RETURNING weight");
    REQUIRE(insert->bind(1, Reals::quiet_NaN()));
    REQUIRE(insert->step().value());
    CHECK(insert->is_null(0));
  }
}

TEST_CASE("the words both engines read: on conflict, returning, sums, truth values, casts, texts in the order of their bytes") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    auto add = database.prepare(
        "INSERT INTO counter (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value");
    REQUIRE(add);
    for (const std::int64_t expected : {1, 2, 3}) {
      REQUIRE(add->bind(1, std::string_view("vu ?")));
      REQUIRE(add->step().value());
      CHECK(add->number(0) == expected);
      CHECK(database.changes() == 1);
      add->reset();
    }
    REQUIRE(database.execute("INSERT INTO counter (name, value) VALUES ('été', 10), ('Zoé', 20), ('abri', 30)"));
    auto names = database.prepare("SELECT name FROM counter WHERE name <> 'vu ?' ORDER BY name");
    std::vector<std::string> found;
    while (names->step().value()) found.emplace_back(names->text(0));
    CHECK(found == std::vector<std::string>{"Zoé", "abri", "été"});
    auto sums = database.prepare(
        "WITH kept AS (SELECT value FROM counter WHERE value >= ?) "
        "SELECT sum(value), count(*), coalesce(sum(value), 0) > CAST(? AS INTEGER), avg(value) FROM kept");
    REQUIRE(sums->bind_all(std::int64_t{10}, std::int64_t{6'000'000'000}));
    REQUIRE(sums->step().value());
    CHECK(sums->number(0) == 60);
    CHECK(sums->number(1) == 3);
    CHECK(sums->number(2) == 0);
    CHECK(sums->real(3) == 20);
    REQUIRE(database.execute("UPDATE counter SET value = 0 WHERE value >= 20; DELETE FROM counter WHERE value = 0"));
    CHECK(database.changes() == 2);
  }
}

TEST_CASE("a statement read halfway does not hinder another, and may be read again") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('un'), ('deux'), ('trois')"));
    auto query = database.prepare("SELECT id, text FROM note ORDER BY id");
    REQUIRE(query->step().value());
    auto update = database.prepare("UPDATE note SET text = ? WHERE id = ?");
    REQUIRE(update->bind_all(std::string_view("UN"), query->number(0)));
    REQUIRE(update->run());
    REQUIRE(query->step().value());
    CHECK(query->text(1) == "deux");
    query->reset();
    REQUIRE(query->step().value());
    CHECK(query->text(1) == "UN");
  }
}

TEST_CASE("a statement outlives its database") {
  ON_EACH_ENGINE(ground) {
    std::optional<Database> database = opened(ground.place());
    auto query = database->prepare("SELECT count(*) FROM note");
    database.reset();
    REQUIRE(query->step().value());
    CHECK(query->number(0) == 0);
  }
}

TEST_CASE("a transaction left uncommitted leaves nothing") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
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
}

TEST_CASE("a transaction left open when its database closes leaves nothing to the next") {
  ON_EACH_ENGINE(ground) {
    opened(ground.place());
    {
      Database database = opened(ground.place());
      REQUIRE(database.execute("BEGIN; INSERT INTO note (text) VALUES ('perdu')"));
    }
    Database database = opened(ground.place());
    CHECK(count(database) == 0);
    REQUIRE(Transaction::begin(database));
  }
}

TEST_CASE("a statement that fails spoils its transaction") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    auto transaction = Transaction::begin(database);
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('unique')"));
    CHECK(database.execute("INSERT INTO note (text) VALUES ('unique')").error().code == Code::conflict);
    const auto refused = transaction->commit();
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::conflict);
    CHECK(count(database) == 0);
    auto next = Transaction::begin(database);
    REQUIRE(next);
    REQUIRE(next->commit());
  }
}

TEST_CASE("a reader keeps the state it began with while a writer works") {
  ON_EACH_ENGINE(ground) {
    Database writer = opened(ground.place());
    Database reader = opened(ground.place(), {.access = Access::read_only});
    auto snapshot = Transaction::begin(reader, Transaction::Kind::read);
    REQUIRE(snapshot);
    REQUIRE(writer.execute("INSERT INTO note (text) VALUES ('nouveau')"));
    CHECK(count(reader) == 0);
    REQUIRE(snapshot->commit());
    CHECK(count(reader) == 1);
  }
}

TEST_CASE("a read-only database refuses to write, and is not created") {
  ON_EACH_ENGINE(ground) {
    CHECK(Database::open(ground.place(), {.access = Access::read_only}).error().code == Code::not_found);
    CHECK(Database::open(ground.place(), {.access = Access::read_only}).error().code == Code::not_found);
    opened(ground.place());
    Database reader = opened(ground.place(), {.access = Access::read_only});
    CHECK(reader.version().value() == 2);
    CHECK(reader.execute("INSERT INTO note (text) VALUES ('x')").error().code == Code::storage);
  }
}

TEST_CASE("a second writer waits, then is told the database is busy") {
  ON_EACH_ENGINE(ground) {
    Database first = opened(ground.place());
    Database second = opened(ground.place(), {.busy_timeout_ms = 20});
    auto held = Transaction::begin(first);
    REQUIRE(held);
    const auto refused = Transaction::begin(second);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == Code::busy);
    REQUIRE(held->commit());
    CHECK(Transaction::begin(second));
  }
}

TEST_CASE("writers that read, then write, lose nothing of each other") {
  ON_EACH_ENGINE(ground) {
    REQUIRE(opened(ground.place()).execute("INSERT INTO counter (name, value) VALUES ('x', 0)"));
    std::atomic<int> failures = 0;
    const auto work = [&] {
      auto database = Database::open(ground.place(), {.busy_timeout_ms = 60'000});
      for (int i = 0; i < 25 && database; ++i) {
        auto transaction = Transaction::begin(*database);
        auto read = database->prepare("SELECT value FROM counter WHERE name = 'x'");
        auto write = database->prepare("UPDATE counter SET value = ? WHERE name = 'x'");
        const bool done = transaction && read && write && read->step() && write->bind(1, read->number(0) + 1) && (read->reset(), true) &&
                          write->run() && transaction->commit();
        if (!done) ++failures;
      }
      if (!database) ++failures;
    };
    {
      std::vector<std::jthread> writers;
      for (int i = 0; i < 4; ++i) writers.emplace_back(work);
    }
    CHECK(failures == 0);
    Database database = opened(ground.place());
    auto query = database.prepare("SELECT value FROM counter");
    REQUIRE(query->step().value());
    CHECK(query->number(0) == 100);
  }
}

TEST_CASE("what one database holds, another of the same server does not see") {
  ON_EACH_ENGINE(ground) {
    Database first = opened(ground.place("saint_jean"));
    Database second = opened(ground.place("saint_paul"));
    REQUIRE(first.execute("INSERT INTO note (text) VALUES ('secret')"));
    CHECK(count(second) == 0);
    auto held = Transaction::begin(first);
    REQUIRE(Transaction::begin(second));
  }
}

TEST_CASE("a broken statement and a broken rule are told apart") {
  ON_EACH_ENGINE(ground) {
    Database database = opened(ground.place());
    CHECK(database.prepare("SELECT nothing FROM nowhere").error().code == Code::internal);
    CHECK(database.execute("INSERT INTO note (text) VALUES (NULL)").error().code == Code::conflict);
    REQUIRE(database.execute("INSERT INTO note (text) VALUES ('secret')"));
    const Error twice = database.execute("INSERT INTO note (text) VALUES ('secret')").error();
    CHECK(twice.code == Code::conflict);
    CHECK((twice.message + twice.detail).find("secret") == std::string::npos);
    auto number = database.prepare("INSERT INTO counter (name, value) VALUES ('x', ?)");
    REQUIRE(number->bind(1, std::string_view("douze secrets")));
    const Error text = number->run().error();
    CHECK(text.code == Code::conflict);
    CHECK((text.message + text.detail).find("douze") == std::string::npos);
    auto query = database.prepare("SELECT text FROM note WHERE id = ?");
    CHECK(query->bind(2, std::int64_t{1}).error().code == Code::internal);
    CHECK(query->bind_null(0).error().code == Code::internal);
  }
}

TEST_CASE("a place names a file or a schema, and nothing else") {
  const db::Server server = {.url = "postgresql://beffroi:secret@localhost/beffroi"};
  CHECK(Place::file("/var/lib/a.sqlite").name() == "/var/lib/a.sqlite");
  CHECK(Place::schema(server, "commune_saint_jean")->name() == "commune_saint_jean");
  for (const char* name : {"", "Commune", "a-b", "a\"; DROP SCHEMA b", "été", "1a", "_a", "pg_toast", "a b"}) {
    CAPTURE(name);
    CHECK(Place::schema(server, name).error().code == Code::invalid_argument);
  }
  CHECK_FALSE(Place::schema(server, std::string(64, 'a')));
  const auto foreign = Place::schema({.url = "mysql://beffroi:secret@localhost"}, "a");
  REQUIRE_FALSE(foreign);
  CHECK((foreign.error().message + foreign.error().detail).find("secret") == std::string::npos);
}
