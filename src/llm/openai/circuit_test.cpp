#include "llm/openai/circuit.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::llm::openai;
using namespace std::chrono_literals;

namespace {

// A circuit of three faults and one minute, and the hand of its clock.
struct Bench {
  Circuit::Clock::time_point now{1h};
  Circuit circuit{"«\u00a0m\u00a0»", {.faults = 3, .rest = 60s}, [this] { return now; }};

  void fail_once() { circuit.failed(circuit.enter().value(), "il a répondu 500"); }
};

}  // namespace

TEST_CASE("a circuit opens after faults in a row, and says since when and until when") {
  Bench bench;
  bench.fail_once();
  bench.fail_once();
  CHECK(bench.circuit.health());
  static_cast<void>(bench.circuit.enter().value());
  bench.circuit.worked();  // the row is broken
  for (int i = 0; i < 3; ++i) bench.fail_once();
  const Status health = bench.circuit.health();
  REQUIRE_FALSE(health);
  CHECK(health.error().code == Code::unavailable);
  CHECK(health.error().message.find("ne répond plus depuis") != std::string::npos);
  CHECK(health.error().message.find("il a répondu 500") != std::string::npos);
  CHECK(health.error().message.find("pas de nouvel essai avant") != std::string::npos);
  CHECK_FALSE(bench.circuit.enter());
}

TEST_CASE("after its rest one probe passes: it closes the circuit, opens it again, or gives its place back") {
  Bench bench;
  const Circuit::Pass late = bench.circuit.enter().value();  // enters before the opening, ends after
  for (int i = 0; i < 3; ++i) bench.fail_once();
  bench.now += 61s;
  const auto probe = bench.circuit.enter();
  REQUIRE(probe);
  CHECK(probe->probe);
  CHECK_FALSE(bench.circuit.enter());  // one at a time
  bench.circuit.failed(late, "trop tard");
  CHECK_FALSE(bench.circuit.enter());  // a request of before changes nothing
  bench.circuit.failed(*probe, "il ne répond rien");
  CHECK_FALSE(bench.circuit.enter());
  bench.now += 61s;
  bench.circuit.left(bench.circuit.enter().value());
  const auto again = bench.circuit.enter();
  REQUIRE(again);
  bench.circuit.worked();
  CHECK(bench.circuit.health());
  CHECK_FALSE(bench.circuit.enter()->probe);
}
