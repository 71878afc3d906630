#include "search/fusion.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace beffroi::search {

std::vector<Scored> fuse(std::span<const RankedList> lists, double damping) {
  std::unordered_map<std::uint32_t, std::vector<double>> gains;
  for (const RankedList& list : lists) {
    std::unordered_set<std::uint32_t> seen;
    std::size_t rank = 0;
    for (const std::uint32_t id : list.ids) {
      if (seen.insert(id).second) gains[id].push_back(list.weight / (damping + static_cast<double>(rank++)));
    }
  }
  std::vector<Scored> fused;
  fused.reserve(gains.size());
  for (auto& [id, parts] : gains) {
    std::ranges::sort(parts);  // the same sum, to the last bit, whatever the order of the lists
    double sum = 0;
    for (const double part : parts) sum += part;
    fused.push_back({id, sum});
  }
  std::ranges::sort(fused, comes_before);
  return fused;
}

std::vector<Scored> best_of(std::vector<Scored> scored, std::size_t count) {
  count = std::min(count, scored.size());
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(count), scored.end(), comes_before);
  scored.resize(count);
  return scored;
}

}  // namespace beffroi::search
