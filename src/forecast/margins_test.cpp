#include "forecast/margins.h"

#include <doctest/doctest.h>

#include <vector>

using namespace beffroi::forecast;

TEST_CASE("quantiles are read between the values") {
  const std::vector<double> values = {0, 10, 20, 30};
  CHECK(quantile_of(values, 0.5) == doctest::Approx(15));
  CHECK(quantile_of(values, 1) == 30);
  CHECK(quantile_of({}, 0.8) == 0);
}

TEST_CASE("a site with n errors weighs n / (n + 150) of its own") {
  std::vector<PastError> errors;
  for (int at = 0; at < 150; ++at) errors.push_back({0, 2});
  for (int at = 0; at < 1350; ++at) errors.push_back({1, 0});
  const Margins margins(errors, 3);
  CHECK(margins.margin(0, 6) == doctest::Approx(1));   // half its own 2, half everyone's 0
  CHECK(margins.margin(1, 6) == doctest::Approx(0));
  CHECK(margins.margin(2, 6) == margins.everyone(6));  // none of its own
}

TEST_CASE("margins never decrease; a town without a past has those of others, never none") {
  std::vector<PastError> errors;
  for (int at = 0; at < 200; ++at) errors.push_back({static_cast<std::size_t>(at % 2), (at * 37 % 101) / 10.0 - 5});
  const Margins margins(errors, 2);
  for (std::size_t at = 1; at < kQuantiles.size(); ++at) CHECK(margins.margin(0, at) >= margins.margin(0, at - 1));
  errors.pop_back();
  const Margins young(errors, 2);
  for (std::size_t at = 1; at < kQuantiles.size(); ++at) CHECK(young.margin(1, at) > young.margin(1, at - 1));
  CHECK(young.margin(0, 6) == Margins({}, 1).margin(0, 6));
  CHECK(young.everyone(6) == young.margin(0, 6));
}
