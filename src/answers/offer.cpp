#include "answers/offer.h"

#include <algorithm>
#include <map>
#include <utility>

namespace beffroi::answers {
namespace {

std::string heading_of(const Extract& extract) {
  std::string heading = extract.found->publication->title;
  for (const auto& section : extract.passage->sections) heading += " › " + section;
  for (const auto& condition : extract.passage->conditions) heading += " › " + condition;
  return heading;
}

}  // namespace

std::vector<Window> windows_of(std::span<const Extract> pool, std::span<const double> probabilities, std::size_t count) {
  struct Ranked {
    std::vector<std::size_t> extracts;
    double best = 0;
  };
  std::map<std::pair<const knowledge::Passage*, std::size_t>, Ranked> windows;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    Ranked& window = windows[{pool[i].passage, pool[i].order / kWindowSentences}];
    window.extracts.push_back(i);
    window.best = std::max(window.best, probabilities[i]);
  }
  std::vector<Ranked> ranked;
  for (auto& [place, window] : windows) ranked.push_back(std::move(window));
  std::sort(ranked.begin(), ranked.end(),
            [](const Ranked& a, const Ranked& b) { return a.best != b.best ? a.best > b.best : a.extracts.front() < b.extracts.front(); });
  if (ranked.size() > count) ranked.resize(count);
  std::vector<Window> out;
  for (Ranked& window : ranked) {
    std::string heading = heading_of(pool[window.extracts.front()]);
    out.push_back({std::move(heading), std::move(window.extracts)});
  }
  return out;
}

}  // namespace beffroi::answers
