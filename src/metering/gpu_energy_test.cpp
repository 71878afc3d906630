#include "metering/gpu_energy.h"

#include <doctest/doctest.h>

#include <cstdlib>

using beffroi::metering::GpuEnergy;

TEST_CASE("the cards' counters are added, in joules") {
  const auto cards = GpuEnergy::open(BEFFROI_MADE_NVML);
  REQUIRE(cards);
  CHECK(cards->cards() == 2);
  const double before = *cards->joules();
  CHECK(*cards->joules() - before == doctest::Approx(3.0));
}

TEST_CASE("a card without a counter, a library without cards' functions, no library: no figure rather than a false one") {
  ::setenv("BEFFROI_MADE_NVML", "broken", 1);
  CHECK_FALSE(GpuEnergy::open(BEFFROI_MADE_NVML));
  ::unsetenv("BEFFROI_MADE_NVML");
  CHECK_FALSE(GpuEnergy::open("libm.so.6"));
  CHECK_FALSE(GpuEnergy::open("/nowhere/libnvidia-ml.so.1"));
}
