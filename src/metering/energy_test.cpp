#include "metering/energy.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::metering;
using namespace std::chrono_literals;

namespace {

constexpr const char* kRange = "262143328850";

// A made /sys/class/powercap.
struct Powercap {
  beffroi::testing::TemporaryFolder folder;

  void zone(const std::string& zone, const std::string& name, const std::string& energy) const {
    std::filesystem::create_directories(folder.path() / zone);
    write(zone + "/name", name);
    write(zone + "/energy_uj", energy);
    write(zone + "/max_energy_range_uj", kRange);
  }
  void write(const std::string& file, const std::string& text) const { std::ofstream(folder.path() / file) << text << "\n"; }
};

}  // namespace

TEST_CASE("packages are added, their parts, the platform and the second way to them are not") {
  const Powercap powercap;
  powercap.zone("intel-rapl:0", "package-0", "1000000");
  powercap.zone("intel-rapl:0:0", "core", "900000");
  powercap.zone("intel-rapl:1", "package-1", "5000000");
  powercap.zone("intel-rapl:2", "psys", "7000000");
  powercap.zone("intel-rapl-mmio:0", "package-0", "1000000");
  powercap.zone("dtpm", "package-9", "1");
  const auto counter = EnergyCounter::open(powercap.folder.path());
  REQUIRE(counter);
  CHECK(counter->processors() == 2);
  const auto before = counter->sample();
  powercap.write("intel-rapl:0/energy_uj", "3500000");
  powercap.write("intel-rapl:1/energy_uj", "5000001");
  CHECK(*counter->joules(*before, *counter->sample()) == doctest::Approx(2.500001).epsilon(1e-12));
  CHECK(*counter->joules(*before, *before) == 0);
}

TEST_CASE("a processor seen only by its memory-mapped counter is counted") {
  const Powercap powercap;
  powercap.zone("intel-rapl-mmio:0", "package-0", "12");
  CHECK(EnergyCounter::open(powercap.folder.path())->processors() == 1);
}

TEST_CASE("a counter that came round is followed; too long a time, or another machine's sample, is unknown") {
  const Powercap powercap;
  powercap.zone("intel-rapl:0", "package-0", "262143000000");
  const auto counter = EnergyCounter::open(powercap.folder.path());
  const auto before = counter->sample();
  powercap.write("intel-rapl:0/energy_uj", "671150");
  auto after = counter->sample();
  CHECK(*counter->joules(*before, *after) == doctest::Approx(1.0).epsilon(1e-9));
  CHECK_FALSE(counter->joules(*after, *before));  // in the wrong order
  after->taken += 200s;
  CHECK(counter->joules(*before, *after));
  after->taken += 100s;  // 300 s at 1000 W: more than the counter holds
  CHECK_FALSE(counter->joules(*before, *after));
  CHECK_FALSE(counter->joules({{1, 2}, before->taken}, *counter->sample()));
}

TEST_CASE("no counter, one that may not be read, one that makes no sense: nothing, not 0") {
  const Powercap powercap;
  CHECK_FALSE(EnergyCounter::open(powercap.folder.path()));
  CHECK_FALSE(EnergyCounter::open(powercap.folder.path() / "absent"));
  powercap.zone("intel-rapl:0", "package-0", "12");
  powercap.zone("intel-rapl:1", "package-1", "12");
  REQUIRE(EnergyCounter::open(powercap.folder.path()));
  // Root-only, as recent kernels have it; absent here, since tests may run as root.
  std::filesystem::remove(powercap.folder.path() / "intel-rapl:1/energy_uj");
  CHECK_FALSE(EnergyCounter::open(powercap.folder.path()));
  powercap.write("intel-rapl:1/energy_uj", "none");
  CHECK_FALSE(EnergyCounter::open(powercap.folder.path()));
  powercap.write("intel-rapl:1/energy_uj", "13");
  powercap.write("intel-rapl:1/max_energy_range_uj", "0");
  CHECK_FALSE(EnergyCounter::open(powercap.folder.path()));
}

TEST_CASE("a counter that stops answering is unknown from then on") {
  const Powercap powercap;
  powercap.zone("intel-rapl:0", "package-0", "12");
  const auto counter = EnergyCounter::open(powercap.folder.path());
  REQUIRE(counter);
  std::filesystem::remove(powercap.folder.path() / "intel-rapl:0/energy_uj");
  CHECK_FALSE(counter->sample());
}
