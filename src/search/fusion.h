// Reciprocal rank fusion: several rankings of the same things become one. The order of the lists does not matter, every thing comes
// once, and ties are settled by number, so that the first page is the beginning of the second.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace beffroi::search {

struct Scored {
  std::uint32_t id = 0;
  double score = 0;
  friend bool operator==(const Scored&, const Scored&) = default;
};

// Best first; equal scores by number.
[[nodiscard]] inline bool comes_before(const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; }

struct RankedList {
  std::span<const std::uint32_t> ids;  // best first; only the first occurrence of a number counts
  double weight = 1;
};

// Each list gives weight / (damping + rank) to what it ranks, rank from 0. Best first, unique.
[[nodiscard]] std::vector<Scored> fuse(std::span<const RankedList> lists, double damping);

// The `count` best of `scored`, best first.
[[nodiscard]] std::vector<Scored> best_of(std::vector<Scored> scored, std::size_t count);

}  // namespace beffroi::search
