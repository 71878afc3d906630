#include "usecases/canteen/web/tasks.h"

#include <doctest/doctest.h>

#include <future>

using namespace beffroi;
using canteen::Tasks;
using canteen::TaskState;

namespace {

// Waits for the end of what runs.
TaskState ended(const Tasks& tasks, const std::string& commune) {
  for (;;) {
    const auto state = tasks.state(commune);
    REQUIRE(state);
    if (state->phase != TaskState::Phase::running) return *state;
    std::this_thread::yield();
  }
}

}  // namespace

TEST_CASE("a task tells how far it is, then what it did") {
  Tasks tasks;
  CHECK_FALSE(tasks.state("lille").has_value());
  std::promise<void> go;
  auto gone = go.get_future();
  std::promise<void> reported;
  REQUIRE(tasks.start("lille", [&](const Tasks::Report& report, const std::stop_token&) -> Result<std::string> {
    report(1, 4);
    reported.set_value();
    gone.wait();
    return "87 prévisions";
  }));
  reported.get_future().wait();
  CHECK(tasks.state("lille")->done == 1);
  CHECK(tasks.state("lille")->total == 4);
  CHECK(tasks.start("lille", [](const auto&, const auto&) -> Result<std::string> { return ""; }).error().code == Code::busy);
  CHECK_FALSE(tasks.state("nantes").has_value());
  go.set_value();
  CHECK(ended(tasks, "lille").words == "87 prévisions");
  CHECK(ended(tasks, "lille").done == 4);
}

TEST_CASE("a task is stopped, another may follow; a failure says why") {
  Tasks tasks;
  REQUIRE(tasks.start("lille", [](const auto&, const std::stop_token& stop) -> Result<std::string> {
    while (!stop.stop_requested()) std::this_thread::yield();
    return fail(Code::cancelled, "La prévision a été arrêtée.");
  }));
  tasks.stop("lille");
  CHECK(ended(tasks, "lille").phase == TaskState::Phase::stopped);
  REQUIRE(tasks.start("lille", [](const auto&, const auto&) -> Result<std::string> { return fail(Code::bad_input, "Rien à prévoir."); }));
  CHECK(ended(tasks, "lille").phase == TaskState::Phase::failed);
  CHECK(ended(tasks, "lille").words == "Rien à prévoir.");
}
