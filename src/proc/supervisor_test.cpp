#include "proc/supervisor.h"

#include <doctest/doctest.h>

#include <csignal>
#include <thread>
#include <vector>

#include "base/log.h"
#include "proc/testing/roles.h"

using namespace beffroi;
using namespace beffroi::proc;
using namespace std::chrono_literals;
using proc::testing::role;

namespace {

SupervisorOptions quick(const std::string& name) {
  log::quiet();
  SupervisorOptions options;
  options.name = "moteur d’essai";
  options.command = role(name);
  options.start_limit = 10s;
  options.silence_limit = 5s;
  options.grace = 200ms;
  options.first_pause = 20ms;
  options.longest_pause = 100ms;
  return options;
}

Wait soon() { return Wait::at_most(10s); }

// The whole answer, or why there is none.
Result<std::string> answer(Supervisor& worker, std::string_view request, const Wait& wait = soon()) {
  Exchange exchange = BEFFROI_TRY(worker.ask(request, wait));
  std::string whole;
  while (auto part = BEFFROI_TRY(exchange.next(wait))) whole += *part;
  return whole;
}

bool within(std::chrono::milliseconds time, const auto& condition) {
  const auto limit = Clock::now() + time;
  while (!condition() && Clock::now() < limit) std::this_thread::sleep_for(2ms);
  return condition();
}

}  // namespace

TEST_CASE("the child is started when first asked, and answers one request after the other") {
  Supervisor worker(quick("worker"));
  CHECK(worker.state().phase == Phase::asleep);
  CHECK(worker.health());
  CHECK(answer(worker, "bonjour").value() == "bonjour");
  CHECK(answer(worker, "").value().empty());
  CHECK(answer(worker, "refuse").error().message == "Grammaire fausse.");
  CHECK(answer(worker, "refuse").error().code == Code::bad_input);
  CHECK(answer(worker, "throw").error().code == Code::internal);
  CHECK(answer(worker, "encore").value() == "encore");
  CHECK(worker.state().phase == Phase::ready);
  CHECK(worker.state().starts == 1);
  CHECK(worker.health());
}

TEST_CASE("exchanges at once do not mix, and one above what the child takes is busy") {
  Supervisor worker(quick("worker"));
  REQUIRE(answer(worker, "a"));
  {
    std::vector<std::jthread> askers;
    for (char letter = 'a'; letter < 'e'; ++letter) {
      askers.emplace_back([&worker, letter] {
        for (int i = 1; i < 40; ++i) {
          const std::string text(i, letter);
          CHECK(answer(worker, text).value() == text);
        }
      });
    }
  }
  std::vector<Exchange> kept;
  for (int i = 0; i < 4; ++i) kept.push_back(worker.ask("work", soon()).value());
  CHECK(answer(worker, "x").error().code == Code::busy);
  kept.pop_back();  // its asker left: the place is free again in less than 200 ms
  const auto before = Clock::now();
  CHECK(within(5s, [&] { return answer(worker, "x").has_value(); }));
  CHECK(Clock::now() - before < 200ms);
}

TEST_CASE("a crash in the middle of an answer is one clear error, and the next request is answered") {
  Supervisor worker(quick("worker"));
  auto exchange = worker.ask("crash", soon());
  REQUIRE(exchange);
  CHECK(exchange->next(soon()).value() == "début");
  const auto end = exchange->next(soon());
  REQUIRE_FALSE(end);
  CHECK(end.error().code == Code::unavailable);
  CHECK(end.error().message.find("moteur d’essai") != std::string::npos);
  CHECK(worker.state().last_reason.find("signal 6") != std::string::npos);
  CHECK(answer(worker, "debout").value() == "debout");
  CHECK(worker.state().starts == 2);
}

TEST_CASE("kill -9 from outside, an exit, garbage and a frame too long: error, reason, restart") {
  Supervisor worker(quick("worker"));
  auto waiting = worker.ask("work", soon());
  REQUIRE(waiting);
  ::kill(worker.state().pid, SIGKILL);
  CHECK(waiting->next(soon()).error().code == Code::unavailable);
  CHECK(worker.state().last_reason.find("signal 9") != std::string::npos);
  CHECK(answer(worker, "exit").error().code == Code::unavailable);
  CHECK(worker.state().last_reason == "erreur 3");
  CHECK(answer(worker, "garbage").error().code == Code::unavailable);
  CHECK(worker.state().last_reason.find("incompréhensible") != std::string::npos);
  CHECK(answer(worker, "oversized").error().code == Code::unavailable);
  CHECK(worker.state().last_reason.find("plus longue que permis") != std::string::npos);
  CHECK(answer(worker, "debout").value() == "debout");
}

TEST_CASE("a child that hangs is killed, one that gives signs is not") {
  auto options = quick("worker");
  options.silence_limit = 400ms;
  Supervisor worker(options);
  auto working = worker.ask("work", soon());
  REQUIRE(working);
  CHECK(working->next(Wait::at_most(1s)).error().code == Code::timeout);
  CHECK(worker.state().deaths_in_a_row == 0);
  CHECK(answer(worker, "hang").error().code == Code::unavailable);
  CHECK(worker.state().last_reason.find("aucun signe depuis 0,4") != std::string::npos);
  CHECK(answer(worker, "debout").value() == "debout");
}

TEST_CASE("an asker that leaves a child deaf to it: the child is killed") {
  auto options = quick("worker");
  options.silence_limit = 300ms;
  Supervisor worker(options);
  {
    CHECK(worker.ask("hang", soon()));
  }
  CHECK(within(5s, [&] { return worker.state().deaths_in_a_row == 1; }));
}

TEST_CASE("an asker stops or runs out of time while it waits") {
  Supervisor worker(quick("worker"));
  auto exchange = worker.ask("work", soon());
  REQUIRE(exchange);
  CHECK(exchange->next(Wait::at_most(20ms)).error().code == Code::timeout);
  std::stop_source stop;
  stop.request_stop();
  CHECK(exchange->next(Wait::at_most(5s, stop.get_token())).error().code == Code::cancelled);
  CHECK(worker.ask("x", Wait::at_most(5s)).has_value());
}

TEST_CASE("an answer nobody reads is bounded") {
  auto options = quick("worker");
  options.max_unread_bytes = 1 << 20;
  Supervisor worker(options);
  auto exchange = worker.ask("flood", soon());
  REQUIRE(exchange);
  std::this_thread::sleep_for(100ms);
  Result<std::optional<std::string>> part = std::nullopt;
  while ((part = exchange->next(soon())) && *part) {
  }
  REQUIRE_FALSE(part);
  CHECK(part.error().code == Code::too_large);
  CHECK(answer(worker, "debout").value() == "debout");
  CHECK(worker.state().starts == 1);
}

TEST_CASE("a child that dies at once is tried again ever more rarely, then left alone, until someone repairs it") {
  auto options = quick("dies at once");
  options.max_deaths = 3;
  Supervisor worker(options);
  CHECK(answer(worker, "x").error().code == Code::unavailable);
  REQUIRE(within(5s, [&] { return worker.state().phase == Phase::failed; }));
  const SupervisorState state = worker.state();
  CHECK(state.starts == 3);
  CHECK(state.last_reason == "erreur 7");
  CHECK(state.in_words().find("3 arrêts de suite, nouvel essai dans") == 0);
  CHECK(worker.health().error().code == Code::unavailable);
  const auto before = Clock::now();
  CHECK(worker.ask("x", soon()).error().message.find("erreur 7") != std::string::npos);
  CHECK(Clock::now() - before < 1s);
  worker.retry();
  CHECK(within(5s, [&] { return worker.state().phase == Phase::failed && worker.state().starts == 6; }));
}

TEST_CASE("a child that refuses to serve says why, and nobody waits for it") {
  Supervisor worker(quick("refuses"));
  const auto asked = worker.ask("x", soon());
  REQUIRE_FALSE(asked);
  CHECK(asked.error().code == Code::unavailable);
  CHECK(asked.error().message.find("Le modèle est absent.") != std::string::npos);
}

TEST_CASE("a child that is never ready is killed, and the asker's deadline holds meanwhile") {
  auto options = quick("never ready");
  options.start_limit = 300ms;
  options.max_deaths = 1;
  Supervisor worker(options);
  CHECK(worker.ask("x", Wait::at_most(50ms)).error().code == Code::timeout);
  CHECK(worker.health().error().code == Code::busy);
  REQUIRE(within(5s, [&] { return worker.state().phase == Phase::failed; }));
  CHECK(worker.state().last_reason.find("pas prêt après") == 0);
}

TEST_CASE("the end of the supervisor ends the child and frees who waits") {
  auto worker = std::make_unique<Supervisor>(quick("worker"));
  auto exchange = worker->ask("work", soon());
  REQUIRE(exchange);
  const pid_t pid = worker->state().pid;
  worker.reset();
  CHECK(::kill(pid, 0) == -1);
  CHECK(exchange->next(soon()).error().code == Code::unavailable);
}

TEST_CASE("a child that lived well starts counting afresh") {
  auto options = quick("worker");
  options.max_deaths = 2;
  options.lived_well = 1ms;
  Supervisor worker(options);
  for (int i = 0; i < 4; ++i) {
    REQUIRE(answer(worker, "bonjour"));
    std::this_thread::sleep_for(5ms);
    CHECK_FALSE(answer(worker, "exit"));
    CHECK(worker.state().phase != Phase::failed);
  }
  CHECK(answer(worker, "debout").value() == "debout");
}
