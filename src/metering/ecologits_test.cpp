#include "metering/ecologits.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace beffroi::metering;

namespace {

struct Vector {
  const char* what;
  ModelSize model;
  std::int64_t tokens;
  Hosting hosting;
  int gpus;
  double gpu_kwh, latency_s, energy_kwh, gwp_use_kg, gwp_embodied_kg;
};

// Obtained from the code of EcoLogits 0.9.3 itself, with the French mix.
const Vector kVectors[] = {
    {"8 B", {8, 8}, 400, {64, 1.15}, 1, 1.8033837e-5, 17.946149619904, 3.4175157e-5, 1.509858e-6, 2.597858e-6},
    {"24 B", {24, 24}, 400, {64, 1.15}, 1, 2.1678086e-5, 22.288606000291, 4.1617232e-5, 1.838649e-6, 3.226465e-6},
    {"70 B", {70, 70}, 400, {64, 1.15}, 4, 3.2155301e-5, 34.773168093902, 2.52052781e-4, 1.1135692e-5, 2.0134847e-5},
    {"37 of 671 B", {37, 671}, 400, {64, 1.15}, 32, 2.4639038e-5, 25.816851809355, 1.525245344e-3, 6.7385339e-5, 1.19590683e-4},
    {"8 B alone", {8, 8}, 400, {1, 1.0}, 1, 1.9903003e-5, 10.08548763445, 4.40131654e-4, 1.9445016e-5, 9.3437446e-5},
    {"3 B in 4 bits", {3, 3, 4}, 256, {1, 1.0}, 1, 1.1261406e-5, 5.586220809971, 2.44020606e-4, 1.078083e-5, 5.175379e-5},
};

bool same(double found, double expected) { return std::abs(found - expected) <= 1e-6 * expected; }

}  // namespace

TEST_CASE("the six vectors of EcoLogits 0.9.3, within a millionth") {
  for (const Vector& vector : kVectors) {
    CAPTURE(vector.what);
    const auto found = ecologits(vector.model, vector.tokens, vector.hosting);
    REQUIRE(found);
    CHECK(found->method == "EcoLogits 0.9.3");
    CHECK(found->gpus == vector.gpus);
    CHECK(same(found->gpu_kwh, vector.gpu_kwh));
    CHECK(same(found->latency_s, vector.latency_s));
    CHECK(same(found->energy_kwh, vector.energy_kwh));
    CHECK(same(found->gwp_use_kg, vector.gwp_use_kg));
    CHECK(same(found->gwp_embodied_kg, vector.gwp_embodied_kg));
  }
}

TEST_CASE("a measured time shorter than the formula's is used instead, a longer one is not") {
  const auto formula = ecologits({8, 8}, 400);
  CHECK(ecologits({8, 8}, 400, {}, 1000.0)->energy_kwh == formula->energy_kwh);
  const auto faster = ecologits({8, 8}, 400, {}, 2.0);
  CHECK(faster->latency_s == 2.0);
  CHECK(faster->energy_kwh < formula->energy_kwh);
}

TEST_CASE("what is unknown has no figure, never 0") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinite = std::numeric_limits<double>::infinity();
  for (const ModelSize& model : {ModelSize{}, ModelSize{8, 0}, ModelSize{0, 8}, ModelSize{9, 8}, ModelSize{nan, 8}, ModelSize{8, infinite},
                                 ModelSize{-8, 8}, ModelSize{8, 8, 0}, ModelSize{8, 1e300}}) {
    CHECK_FALSE(ecologits(model, 400));
  }
  CHECK_FALSE(ecologits({8, 8}, std::nullopt));
  CHECK_FALSE(ecologits({8, 8}, -1));
  CHECK_FALSE(ecologits({8, 8}, 400, {0, 1.15}));
  CHECK_FALSE(ecologits({8, 8}, 400, {64, 0.5}));
  CHECK_FALSE(ecologits({8, 8}, 400, {}, nan));
}
