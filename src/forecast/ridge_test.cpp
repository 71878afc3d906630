#include "forecast/ridge.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

using namespace beffroi::forecast;

namespace {

// A generator of one's own: the same numbers on every machine.
struct Noise {
  unsigned state = 1;
  float next() {
    state = state * 1664525U + 1013904223U;
    return static_cast<float>(state >> 8) / static_cast<float>(1U << 24) - 0.5F;
  }
};

struct Sample {
  Matrix rows{3, {}};
  std::vector<float> targets, weights;
};

// target = 1 + 2a − 3b, the third column says nothing
Sample straight_line(std::size_t count) {
  Sample sample;
  Noise noise;
  for (std::size_t at = 0; at < count; ++at) {
    const float a = noise.next(), b = noise.next() * 10, c = noise.next();
    sample.rows.values.insert(sample.rows.values.end(), {a, b, c});
    sample.targets.push_back(1 + 2 * a - 3 * b);
    sample.weights.push_back(1);
  }
  return sample;
}

}  // namespace

TEST_CASE("a straight line is found again") {
  const Sample sample = straight_line(300);
  const Ridge ridge = Ridge::fit(sample.rows, sample.targets, sample.weights, {1e-6, 10, 12}).value();
  CHECK(ridge.predict(std::vector<float>{0, 0, 0}) == doctest::Approx(1).epsilon(1e-3));
  CHECK(ridge.predict(std::vector<float>{1, 0, 0}) == doctest::Approx(3).epsilon(1e-3));
  CHECK(ridge.predict(std::vector<float>{0, 1, 5}) == doctest::Approx(-2).epsilon(1e-3));
}

TEST_CASE("a few wild days hardly bend it, and would bend least squares") {
  Sample sample = straight_line(400);
  for (std::size_t at = 0; at < sample.targets.size(); at += 20) sample.targets[at] += 40;
  const Ridge robust = Ridge::fit(sample.rows, sample.targets, sample.weights, {1e-3, 0.05, 60}).value();
  const Ridge square = Ridge::fit(sample.rows, sample.targets, sample.weights, {1e-3, 1e6, 60}).value();
  const std::vector<float> zero = {0, 0, 0};
  CHECK(std::abs(robust.predict(zero) - 1) < 0.05);
  CHECK(std::abs(square.predict(zero) - 1) > 1);
}

TEST_CASE("a missing value is the mean, the terms sum to the prediction, a heavy penalty leaves the mean") {
  const Sample sample = straight_line(200);
  const Ridge ridge = Ridge::fit(sample.rows, sample.targets, sample.weights, {}).value();
  const float none = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> row = {0.3F, none, 0.1F};
  CHECK(ridge.term(1, none) == 0);
  CHECK(ridge.intercept() + ridge.term(0, row[0]) + ridge.term(2, row[2]) == doctest::Approx(ridge.predict(row)));
  double mean = 0;
  for (const float target : sample.targets) mean += target / static_cast<double>(sample.targets.size());
  const Ridge flat = Ridge::fit(sample.rows, sample.targets, sample.weights, {1e12, 1e6, 12}).value();
  CHECK(flat.predict(std::vector<float>{0.5F, 5, 0}) == doctest::Approx(mean).epsilon(1e-3));
}

TEST_CASE("without a row there is nothing to learn") { CHECK_FALSE(Ridge::fit(Matrix{3, {}}, {}, {}, {}).has_value()); }
