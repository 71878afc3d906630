// For tests only, of any room: the same test on each engine that the machine has.
//
//   for (const db::Engine engine : db::testing::engines()) {
//     CAPTURE(db::name_of(engine));
//     const db::testing::Ground ground(engine);
//     auto database = db::Database::open(ground.place());
//
// PostgreSQL is there when BEFFROI_TEST_POSTGRES holds the address of a server (tools/postgres starts one); else the test says so.
#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/testing.h"
#include "db/database.h"

namespace beffroi::db::testing {

// Empty without a server.
inline std::string postgres_url() {
  const char* url = std::getenv("BEFFROI_TEST_POSTGRES");
  return url != nullptr ? url : "";
}

inline std::vector<Engine> engines() {
  if (!postgres_url().empty()) return {Engine::sqlite, Engine::postgres};
  static const int said =
      std::fputs("BEFFROI_TEST_POSTGRES is not set: tested on SQLite only, not on PostgreSQL (tools/postgres)\n", stderr);
  static_cast<void>(said);
  return {Engine::sqlite};
}

// Of tests that run on one engine only: SQLite, unless BEFFROI_TEST_ENGINE says « postgres » (ctest runs some programs once more so).
inline Engine usual_engine() {
  const char* engine = std::getenv("BEFFROI_TEST_ENGINE");
  const bool postgres = engine != nullptr && std::string_view(engine) == "postgres" && engines().size() > 1;
  return postgres ? Engine::postgres : Engine::sqlite;
}

// Room for the databases of one test; erased with them at the end.
class Ground {
 public:
  explicit Ground(Engine engine) : engine_(engine) {}
  Ground(const Ground&) = delete;
  Ground& operator=(const Ground&) = delete;
  ~Ground() {
    for (const Place& place : given_) {
      auto database = Database::open(place);
      if (database) static_cast<void>(database->execute("DROP SCHEMA " + place.schema() + " CASCADE"));
    }
  }

  // A database by name: the same name, the same database.
  [[nodiscard]] Place place(const std::string& name = "base") const {
    if (engine_ == Engine::sqlite) return Place::file(folder_.path() / (name + ".sqlite"));
    Place place = *Place::schema({.url = postgres_url()}, prefix_ + name);
    for (const Place& known : given_) {
      if (known.schema() == place.schema()) return known;
    }
    given_.push_back(place);
    return place;
  }

 private:
  static std::string unique() {
    static std::atomic<int> number = 0;
    static const unsigned int program = std::random_device{}();
    return "test_" + std::to_string(program) + "_" + std::to_string(++number) + "_";
  }

  Engine engine_;
  beffroi::testing::TemporaryFolder folder_;
  std::string prefix_ = unique();
  mutable std::vector<Place> given_;  // the schemas
};

}  // namespace beffroi::db::testing
