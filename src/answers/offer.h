// What is offered to a selector other than the trained one: the passages where the trained selector sees the best sentences, whole.
//
// A passage is cut in the same places whatever the question, so that a model that has read it once need not read it again.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "answers/pool.h"

namespace beffroi::answers {

struct Window {
  std::string heading;                  // title › sections › conditions
  std::vector<std::size_t> extracts;    // of the pool, in reading order
};

inline constexpr std::size_t kWindowSentences = 12;
// The third brought nothing on the development questions, and costs half as much again.
inline constexpr std::size_t kWindows = 2;

// The `count` windows whose best sentence is most probable, best first.
[[nodiscard]] std::vector<Window> windows_of(std::span<const Extract> pool, std::span<const double> probabilities,
                                             std::size_t count = kWindows);

}  // namespace beffroi::answers
