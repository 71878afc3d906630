#include "jobs/queue.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <set>
#include <thread>

#include "db/testing.h"

using namespace beffroi;
using db::Database;
using db::Engine;
using jobs::Job;
using jobs::Order;
using jobs::Queue;
using jobs::State;
using jobs::Worker;

namespace {

const Worker kWorker = {"nœud-1", {"purge", "export"}, 60'000};

Database opened(const db::Place& place) {
  auto database = Database::open(place, {.busy_timeout_ms = 60'000});
  REQUIRE(database);
  REQUIRE(database->migrate(jobs::migrations()));
  return std::move(*database);
}

// A database with jobs, and a clock that the test moves.
struct Bench {
  explicit Bench(const db::testing::Ground& ground) : database(opened(ground.place())) {}

  Database database;
  std::int64_t time = 1'000'000;
  Queue queue{database, [this] { return time; }};

  std::int64_t add(const jobs::NewJob& job = {.kind = "purge"}) {
    const auto id = queue.add(job);
    REQUIRE(id);
    return *id;
  }
  Job take() {
    auto job = queue.take(kWorker);
    REQUIRE(job);
    REQUIRE(job->has_value());
    return std::move(**job);
  }
  bool nothing() {
    auto job = queue.take(kWorker);
    REQUIRE(job);
    return !job->has_value();
  }
  Job seen(std::int64_t id) {
    auto job = queue.find(id);
    REQUIRE(job);
    REQUIRE(job->has_value());
    return std::move(**job);
  }
};

Error error(Code code) { return {code, "Le serveur d’en face ne répond pas.", ""}; }

}  // namespace

#define ON_EACH_ENGINE(ground)                          \
  for (const Engine engine : db::testing::engines())    \
    if (const db::testing::Ground ground(engine); true) \
      if (INFO(std::string(db::name_of(engine))); true)

TEST_CASE("jobs are counted by their state") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    CHECK(bench.queue.counts()->empty());
    for (int job = 0; job < 4; ++job) bench.add();
    CHECK(bench.queue.finish(bench.take()) == Order::go_on);
    CHECK(bench.queue.fail(bench.take(), error(Code::bad_input)) == Order::go_on);
    CHECK(*bench.queue.counts() == std::map<State, std::int64_t>{{State::waiting, 2}, {State::done, 1}, {State::failed, 1}});
  }
}

TEST_CASE("a job is taken, tells where it is, and ends") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    const auto id = bench.add({.kind = "export", .payload = "{\"registre\":7}"});
    const Job job = bench.take();
    CHECK(job.id == id);
    CHECK(job.kind == "export");
    CHECK(job.payload == "{\"registre\":7}");
    CHECK(job.state == State::running);
    CHECK(job.attempts == 1);
    CHECK(job.owner == "nœud-1");
    CHECK(job.lease_until_ms == 1'060'000);
    CHECK(bench.nothing());
    CHECK(bench.queue.report(job, 0.5, "7 lignes sur 14") == Order::go_on);
    CHECK(bench.seen(id).progress == 0.5);
    CHECK(bench.seen(id).line == "7 lignes sur 14");
    CHECK(bench.queue.report(job, 7, "") == Order::go_on);
    CHECK(bench.seen(id).progress == 1);
    bench.time = 1'030'000;
    CHECK(bench.queue.renew(job, kWorker) == Order::go_on);
    CHECK(bench.seen(id).lease_until_ms == 1'090'000);
    CHECK(bench.queue.finish(job) == Order::go_on);
    CHECK(bench.seen(id).state == State::done);
    CHECK(bench.seen(id).finished_ms == 1'030'000);
    CHECK(bench.nothing());
    CHECK(bench.queue.finish(job) == Order::lost);
  }
}

TEST_CASE("jobs come in the order they are due, of the kinds a worker knows, and not before their time") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    bench.add({.kind = "unknown"});
    const auto later = bench.add({.kind = "purge", .run_after_ms = 2'000'000});
    const auto second = bench.add({.kind = "purge", .run_after_ms = 500});
    const auto first = bench.add({.kind = "export", .run_after_ms = 400});
    for (const auto expected : {first, second}) {
      const Job job = bench.take();
      CHECK(job.id == expected);
      CHECK(bench.queue.finish(job) == Order::go_on);
    }
    CHECK(bench.nothing());
    bench.time = 2'000'000;
    CHECK(bench.take().id == later);
    const auto list = bench.queue.list(2);
    REQUIRE(list);
    REQUIRE(list->size() == 2);
    CHECK(list->front().id == first);
    CHECK(bench.queue.add({.kind = ""}).error().code == Code::invalid_argument);
    CHECK(bench.queue.add({.kind = "purge", .attempts = 0}).error().code == Code::invalid_argument);
  }
}

TEST_CASE("a fault that may pass is tried again, later and later, a bounded number of times; another is not") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    const auto id = bench.add({.kind = "purge", .attempts = 3});
    CHECK(bench.queue.fail(bench.take(), error(Code::unavailable)) == Order::go_on);
    CHECK(bench.seen(id).state == State::waiting);
    CHECK(bench.seen(id).error == "Le serveur d’en face ne répond pas.");
    CHECK(bench.nothing());
    bench.time += 10'000;
    CHECK(bench.queue.fail(bench.take(), error(Code::unavailable)) == Order::go_on);
    bench.time += 10'000;
    CHECK(bench.nothing());
    bench.time += 10'000;
    const Job last = bench.take();
    CHECK(last.attempts == 3);
    CHECK(bench.queue.fail(last, error(Code::unavailable)) == Order::go_on);
    CHECK(bench.seen(id).state == State::failed);

    const auto broken = bench.add();
    CHECK(bench.queue.fail(bench.take(), error(Code::bad_input)) == Order::go_on);
    CHECK(bench.seen(broken).state == State::failed);

    REQUIRE(bench.queue.retry(broken));
    CHECK(bench.seen(broken).error.empty());
    CHECK(bench.take().attempts == 1);
    CHECK(bench.queue.retry(broken).error().code == Code::conflict);
    CHECK(bench.queue.retry(999).error().code == Code::not_found);
  }
}

TEST_CASE("a person stops a job: at once when it waits, as soon as its worker hears of it when it runs") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    const auto waiting = bench.add();
    REQUIRE(bench.queue.stop(waiting));
    CHECK(bench.seen(waiting).state == State::stopped);
    CHECK(bench.nothing());
    CHECK(bench.queue.stop(waiting).error().code == Code::conflict);
    CHECK(bench.queue.stop(999).error().code == Code::not_found);

    const auto running = bench.add();
    const Job job = bench.take();
    REQUIRE(bench.queue.stop(running));
    CHECK(bench.seen(running).state == State::running);
    CHECK(bench.queue.renew(job, kWorker) == Order::stop);
    CHECK(bench.queue.stopped(job) == Order::stop);
    CHECK(bench.seen(running).state == State::stopped);

    const auto failing = bench.add();
    const Job unlucky = bench.take();
    REQUIRE(bench.queue.stop(failing));
    CHECK(bench.queue.fail(unlucky, error(Code::timeout)) == Order::stop);
    CHECK(bench.seen(failing).state == State::stopped);
    REQUIRE(bench.queue.retry(failing));
    CHECK(bench.queue.renew(bench.take(), kWorker) == Order::go_on);
  }
}

TEST_CASE("a lease that ends gives the job to another, and the former worker is told; no attempt left, it failed") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    const auto id = bench.add({.kind = "purge", .attempts = 2});
    const Job former = bench.take();
    bench.time += 60'000;
    CHECK(bench.nothing());
    bench.time += 1;
    const Job second = bench.take();
    CHECK(second.id == id);
    CHECK(second.attempts == 2);
    CHECK(bench.queue.renew(former, kWorker) == Order::lost);
    CHECK(bench.queue.report(former, 0.9, "") == Order::lost);
    CHECK(bench.queue.finish(former) == Order::lost);
    CHECK(bench.seen(id).state == State::running);
    bench.time += 60'001;
    CHECK(bench.nothing());
    CHECK(bench.seen(id).state == State::failed);
    CHECK(bench.seen(id).error.find("interrompu") != std::string::npos);
    // Retried, its attempts start again: what the former workers say still is not heard.
    REQUIRE(bench.queue.retry(id));
    bench.take();
    CHECK(bench.queue.finish(former) == Order::lost);
  }
}

TEST_CASE("a worker that leaves gives its job back without losing an attempt") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    bench.add({.kind = "purge", .attempts = 1});
    CHECK(bench.queue.give_back(bench.take()) == Order::go_on);
    CHECK(bench.take().attempts == 1);
  }
}

TEST_CASE("jobs that ended long ago are forgotten, the others stay") {
  ON_EACH_ENGINE(ground) {
    Bench bench(ground);
    bench.add();
    CHECK(bench.queue.finish(bench.take()) == Order::go_on);
    bench.time = 5'000'000;
    const auto recent = bench.add();
    CHECK(bench.queue.finish(bench.take()) == Order::go_on);
    const auto waiting = bench.add();
    CHECK(bench.queue.forget(5'000'000) == 1);
    const auto list = bench.queue.list(10);
    REQUIRE(list->size() == 2);
    CHECK((*list)[0].id == waiting);
    CHECK((*list)[1].id == recent);
  }
}

TEST_CASE("several workers never take the same job") {
  ON_EACH_ENGINE(ground) {
    const db::Place place = ground.place();
    Bench bench(ground);
    for (int i = 0; i < 60; ++i) bench.add();
    std::mutex mutex;
    std::set<std::int64_t> taken;
    std::atomic<int> twice = 0, failures = 0;
    const auto work = [&] {
      auto database = Database::open(place, {.busy_timeout_ms = 60'000});
      while (database) {
        Queue queue(*database);
        auto job = queue.take(kWorker);
        if (!job) ++failures;
        if (!job || !*job) return;
        if (!queue.finish(**job)) ++failures;
        const std::lock_guard lock(mutex);
        if (!taken.insert((*job)->id).second) ++twice;
      }
      ++failures;
    };
    {
      std::vector<std::jthread> workers;
      for (int i = 0; i < 4; ++i) workers.emplace_back(work);
    }
    CHECK(failures == 0);
    CHECK(twice == 0);
    CHECK(taken.size() == 60);
  }
}

TEST_CASE("the job of a killed process is done by another once its lease has ended") {
  ON_EACH_ENGINE(ground) {
    const db::Place place = ground.place();
    Bench bench(ground);
    const auto id = bench.add();
    int tell[2];
    REQUIRE(::pipe(tell) == 0);
    const pid_t child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      auto database = Database::open(place);
      const auto job = database ? Queue(*database, [] { return std::int64_t{1'000'000}; }).take(kWorker) : std::nullopt;
      const char said = job && *job ? 'y' : 'n';
      static_cast<void>(::write(tell[1], &said, 1) == 1);
      ::pause();
      ::_exit(0);
    }
    char said = 'n';
    REQUIRE(::read(tell[0], &said, 1) == 1);
    CHECK(said == 'y');
    CHECK(bench.nothing());
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(tell[0]);
    ::close(tell[1]);
    CHECK(bench.nothing());
    bench.time += 60'001;
    const Job again = bench.take();
    CHECK(again.id == id);
    CHECK(again.attempts == 2);
    CHECK(bench.queue.finish(again) == Order::go_on);
  }
}
