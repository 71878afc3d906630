#include "llm/llama/guesses.h"

#include <algorithm>

namespace beffroi::llm::llama {

double step_cost(std::size_t tokens) {
  const auto n = static_cast<double>(tokens);
  if (tokens == 0) return 0;
  return tokens <= 16 ? std::min(1 + 0.56 * (n - 1), 6.0) : 6 + 0.27 * (n - 16);
}

std::vector<std::size_t> worth_reading(std::size_t certain, std::span<const Guesses> offered) {
  struct One {
    double odds;       // that it is right, and all those before it
    std::size_t of;
  };
  std::vector<One> all;
  for (std::size_t i = 0; i < offered.size(); ++i) {
    double odds = 1;
    for (std::size_t k = 0; k < offered[i].count; ++k) all.push_back({odds *= offered[i].odds, i});
  }
  std::stable_sort(all.begin(), all.end(), [](const One& a, const One& b) { return a.odds > b.odds; });
  double saved = 0;
  double best = 0;
  std::size_t count = 0;
  for (std::size_t k = 0; k < all.size(); ++k) {
    saved += all[k].odds;
    const double gain = saved - (step_cost(certain + k + 1) - step_cost(certain));
    if (gain > best) {
      best = gain;
      count = k + 1;
    }
  }
  std::vector<std::size_t> out(offered.size(), 0);
  for (std::size_t k = 0; k < count; ++k) ++out[all[k].of];
  return out;
}

}  // namespace beffroi::llm::llama
