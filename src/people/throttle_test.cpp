#include "people/throttle.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::people;

namespace {
struct Gate {
  std::int64_t now = 0;
  Throttle throttle{[this] { return now; }};

  bool tries(const std::string& login, const std::string& client, const std::string& device = "") {
    const Status begun = throttle.begin({"saint-jean", login, client, device});
    if (!begun) CHECK(begun.error().code == Code::too_many);
    return begun.has_value();
  }
};
}  // namespace

TEST_CASE("after five failures one waits, longer each time, and never more than a quarter of an hour") {
  Gate gate;
  for (int i = 0; i < 5; ++i) CHECK(gate.tries("camille", "192.0.2.1"));
  std::int64_t waited = 0;
  for (int i = 0; i < 14; ++i) {
    const std::int64_t from = gate.now;
    while (!gate.tries("camille", "192.0.2.1")) gate.now += 1'000;
    CHECK(gate.now - from >= waited);
    waited = gate.now - from;
  }
  CHECK(waited == 15 * 60'000);
}

TEST_CASE("ten thousand tries from one machine: a few dozen are made") {
  Gate gate;
  int made = 0;
  for (int i = 0; i < 10'000; ++i, gate.now += 100) made += gate.tries("login" + std::to_string(i), "192.0.2.1") ? 1 : 0;
  CHECK(made < 50);
}

TEST_CASE("nobody is locked out by somebody else") {
  Gate gate;
  for (int i = 0; i < 100; ++i) gate.tries("camille", "203.0.113.9");
  CHECK_FALSE(gate.tries("camille", "203.0.113.9"));
  CHECK(gate.tries("camille", "192.0.2.1"));                 // the owner, elsewhere
  CHECK(gate.tries("camille", "203.0.113.9", "her browser"));  // and even behind the attacker's address, with a browser she used before
}

TEST_CASE("a right password clears its own tries, and does not wash the address of those on other accounts") {
  Gate gate;
  const Attempt mine{"saint-jean", "mallory", "192.0.2.1", ""};
  int made = 0;
  for (int i = 0; i < 1'000; ++i) {
    made += gate.tries("victim" + std::to_string(i), "192.0.2.1") ? 1 : 0;
    if (gate.throttle.begin(mine)) gate.throttle.succeeded(mine);
  }
  CHECK(made == 30);
  Gate other;
  for (int i = 0; i < 100; ++i) {
    CHECK(other.throttle.begin(mine));
    other.throttle.succeeded(mine);
  }
}

TEST_CASE("a try that the busy machine did not make is not counted, and clears nothing else") {
  Gate gate;
  const Attempt mine{"saint-jean", "camille", "192.0.2.1", ""};
  for (int i = 0; i < 4; ++i) CHECK(gate.throttle.begin(mine));
  for (int i = 0; i < 100; ++i) {
    CHECK(gate.throttle.begin(mine));
    gate.throttle.not_made(mine);
  }
  CHECK(gate.throttle.begin(mine));
  CHECK_FALSE(gate.throttle.begin(mine));
}

TEST_CASE("an hour without a try is forgotten") {
  Gate gate;
  for (int i = 0; i < 20; ++i) gate.tries("camille", "192.0.2.1");
  CHECK_FALSE(gate.tries("camille", "192.0.2.1"));
  gate.now += 60 * 60'000;
  for (int i = 0; i < 5; ++i) CHECK(gate.tries("camille", "192.0.2.1"));
  CHECK_FALSE(gate.tries("camille", "192.0.2.1"));
}

TEST_CASE("a flood of names and addresses takes bounded memory and forgets the oldest first") {
  std::int64_t now = 0;
  Throttle::Limits limits;
  limits.most_entries = 100;
  Throttle throttle([&now] { return now; }, limits);
  const Attempt early{"a", "camille", "192.0.2.1", ""}, late{"a", "paul", "192.0.2.2", ""};
  for (int i = 0; i < 5; ++i) CHECK(throttle.begin(early));
  CHECK_FALSE(throttle.begin(early));
  for (int i = 0; i < 1'000; ++i, ++now) {
    CHECK(throttle.begin({"a", "login" + std::to_string(i), "2001:db8:" + std::to_string(i) + "::1", ""}));
    if (i >= 990 && i < 995) CHECK(throttle.begin(late));
  }
  CHECK(throttle.begin(early));
  CHECK_FALSE(throttle.begin(late));
}

TEST_CASE("one subscriber is one machine") {
  CHECK(machine_of("192.0.2.1") == "192.0.2.1");
  CHECK(machine_of("::ffff:192.0.2.1") == "192.0.2.1");
  CHECK(machine_of("2001:db8:1:2:3:4:5:6") == machine_of("2001:db8:1:2::1"));
  CHECK(machine_of("2001:db8:1:2::1") != machine_of("2001:db8:1:3::1"));
  CHECK(machine_of("fe80::1%eth0") == machine_of("fe80::2"));
  CHECK(machine_of("") == "");
}

TEST_CASE("waits are said in words") {
  CHECK(readable_wait(1) == "1\u00a0seconde");
  CHECK(readable_wait(29'100) == "30\u00a0secondes");
  CHECK(readable_wait(60'000) == "1\u00a0minute");
  CHECK(readable_wait(200'000) == "4\u00a0minutes");
}
