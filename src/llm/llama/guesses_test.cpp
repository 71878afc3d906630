#include "llm/llama/guesses.h"

#include <doctest/doctest.h>

#include <numeric>

using beffroi::llm::llama::Guesses;
using beffroi::llm::llama::step_cost;
using beffroi::llm::llama::worth_reading;

TEST_CASE("alone, far or not at all") {
  CHECK(worth_reading(1, std::vector<Guesses>{{15, 0.95}}) == std::vector<std::size_t>{15});
  CHECK(worth_reading(1, std::vector<Guesses>{{31, 0.95}}).front() >= 15);
  CHECK(worth_reading(1, std::vector<Guesses>{{15, 0.5}}) == std::vector<std::size_t>{0});
  CHECK(worth_reading(1, std::vector<Guesses>{{1, 0.5}}) == std::vector<std::size_t>{0});
}

TEST_CASE("a step that is begun is filled, with the likeliest") {
  const std::vector<Guesses> eight(8, Guesses{31, 0.9});
  const auto read = worth_reading(8, eight);
  CHECK(std::accumulate(read.begin(), read.end(), std::size_t{0}) >= 8);
  const auto uneven = worth_reading(8, std::vector<Guesses>{{10, 0.2}, {10, 0.95}});
  CHECK(uneven[1] > uneven[0]);
}

TEST_CASE("nothing offered, nothing read; never more than offered") {
  CHECK(worth_reading(3, {}).empty());
  CHECK(worth_reading(30, std::vector<Guesses>{{2, 1.0}, {0, 1.0}}) == std::vector<std::size_t>{2, 0});
}

TEST_CASE("a longer step never costs less") {
  for (std::size_t n = 0; n < 600; ++n) CHECK(step_cost(n + 1) >= step_cost(n));
}
