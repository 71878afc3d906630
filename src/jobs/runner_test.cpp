#include "jobs/runner.h"

#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <stdexcept>

#include "db/testing.h"

using namespace beffroi;
using db::Database;
using db::Engine;
using jobs::Job;
using jobs::Queue;
using jobs::State;

namespace {

// A town hall's database, and what a person sees of it.
struct Town {
  explicit Town(db::Place where) : place(std::move(where)) { REQUIRE(open()->migrate(jobs::migrations())); }

  db::Place place;

  [[nodiscard]] Result<Database> open() const { return Database::open(place); }
  [[nodiscard]] jobs::Source source() const {
    return {"saint-jean", [this] { return open(); }};
  }
  [[nodiscard]] std::int64_t add(const std::string& kind, int attempts = 3) const {
    auto database = open();
    const auto id = Queue(*database).add({.kind = kind, .attempts = attempts});
    REQUIRE(id);
    return *id;
  }
  [[nodiscard]] Job seen(std::int64_t id) const {
    auto database = open();
    return **Queue(*database).find(id);
  }
  // The job once it is in this state; half a minute is for ever.
  [[nodiscard]] Job when(std::int64_t id, State state) const {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (seen(id).state != state && std::chrono::steady_clock::now() < limit) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return seen(id);
  }
  [[nodiscard]] jobs::Duties duties(std::map<std::string, jobs::Handler> handlers) const {
    jobs::Duties duties;
    duties.name = "nœud-1";
    duties.handlers = std::move(handlers);
    duties.sources = [this] { return std::vector{source()}; };
    duties.pause_ms = 5;
    return duties;
  }
};

Status until_stopped(jobs::Work&, std::stop_token stop) {
  while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return fail(Code::cancelled, "Le travail s’est arrêté.");
}

}  // namespace

TEST_CASE("a runner does what is asked and tells how it went") {
  for (const Engine engine : db::testing::engines()) {
    INFO(std::string(db::name_of(engine)));
    const db::testing::Ground ground(engine);
    const Town town(ground.place());
    const auto good = town.add("good"), bad = town.add("bad"), worse = town.add("worse");
    jobs::Runner runner(town.duties({
        {"good",
         [](jobs::Work& work, std::stop_token) -> Status {
           work.report(0.25, "Un quart est fait.");
           return {};
         }},
        {"bad", [](jobs::Work&, std::stop_token) -> Status { return fail(Code::bad_input, "Le fichier est illisible."); }},
        {"worse", [](jobs::Work&, std::stop_token) -> Status { throw std::runtime_error("secret"); }},
    }));
    const Job done = town.when(good, State::done);
    CHECK(done.state == State::done);
    CHECK(done.line == "Un quart est fait.");
    CHECK(done.owner == "nœud-1");
    CHECK(town.when(bad, State::failed).error == "Le fichier est illisible.");
    CHECK(town.when(worse, State::failed).error.find("secret") == std::string::npos);
  }
}

TEST_CASE("a person stops a job at work") {
  const db::testing::Ground ground(Engine::sqlite);
  const Town town(ground.place());
  auto duties = town.duties({{"endless", until_stopped}});
  duties.lease_ms = 300;
  const auto id = town.add("endless");
  jobs::Runner runner(std::move(duties));
  CHECK(town.when(id, State::running).state == State::running);
  auto database = town.open();
  REQUIRE(Queue(*database).stop(id));
  CHECK(town.when(id, State::stopped).state == State::stopped);
}

TEST_CASE("a runner that goes away gives its job back for the next") {
  const db::testing::Ground ground(Engine::sqlite);
  const Town town(ground.place());
  const auto id = town.add("endless", 1);
  {
    jobs::Runner runner(town.duties({{"endless", until_stopped}}));
    CHECK(town.when(id, State::running).state == State::running);
  }
  CHECK(town.seen(id).state == State::waiting);
  CHECK(town.seen(id).attempts == 0);
  jobs::Runner next(town.duties({{"endless", [](jobs::Work&, std::stop_token) -> Status { return {}; }}}));
  CHECK(town.when(id, State::done).state == State::done);
}

TEST_CASE("a job longer than its lease stays its worker's") {
  const db::testing::Ground ground(Engine::sqlite);
  const Town town(ground.place());
  const auto id = town.add("long");
  std::promise<void> done;
  auto duties = town.duties({{"long", [&](jobs::Work&, std::stop_token stop) -> Status {
                                done.get_future().wait();
                                return stop.stop_requested() ? fail(Code::cancelled, "") : Status{};
                              }}});
  duties.lease_ms = 1500;
  jobs::Runner first(std::move(duties));
  const auto begun = town.when(id, State::running).lease_until_ms;
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (town.seen(id).lease_until_ms == begun && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  CHECK(town.seen(id).lease_until_ms > begun);
  CHECK(town.seen(id).turn == 1);
  done.set_value();
  CHECK(town.when(id, State::done).turn == 1);
}

TEST_CASE("a database that cannot be opened does not stop the others, and a woken runner does not wait for its pause") {
  const db::testing::Ground ground(Engine::sqlite);
  const Town town(ground.place());
  std::atomic<int> rounds = 0;
  auto duties = town.duties({{"good", [](jobs::Work&, std::stop_token) -> Status { return {}; }}});
  duties.pause_ms = 3'600'000;
  duties.sources = [&] {
    ++rounds;
    return std::vector{jobs::Source{"perdue", []() -> Result<Database> { return fail(Code::unavailable, "Le serveur ne répond pas."); }},
                       town.source()};
  };
  jobs::Runner runner(std::move(duties));
  while (rounds == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto id = town.add("good");
  runner.wake();
  CHECK(town.when(id, State::done).state == State::done);
}
