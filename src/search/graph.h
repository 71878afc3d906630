// What stands near a publication: what points to it, what it points to, what shares its topics. From the publications a search found
// first, it tells how much the others agree with them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "search/format.h"
#include "search/fusion.h"

namespace beffroi::search {

inline constexpr std::size_t kTopicLevels = 4;

// Each a sum of the weights of the best publications concerned, 0 to 1; a publication's own weight never counts.
struct Agreement {
  float links_in = 0;     // they link to it
  float links_out = 0;    // it links to them
  float related_in = 0;   // they recommend it
  float related_out = 0;  // it recommends them
  std::array<float, kTopicLevels> topics{};  // they share its topic: the widest, the second…

  // How much it deserves a look although no word brought it.
  [[nodiscard]] float pull() const {
    return related_in + related_out + 0.5F * (links_in + links_out) + 0.2F * topics[2] + 0.3F * topics[3];
  }
};

// What agrees with the best publications of one search.
class Agreements {
 public:
  [[nodiscard]] Agreement with(std::uint32_t publication) const;
  // Every publication that a link, a recommendation or a topic below the second level brings near the best.
  [[nodiscard]] const std::vector<std::uint32_t>& near() const { return near_; }

 private:
  friend class Graph;
  const IndexFile* index_ = nullptr;
  std::unordered_map<std::uint32_t, Agreement> links_;  // without topics
  std::unordered_map<std::uint32_t, float> own_;        // weights of the best themselves
  std::array<std::unordered_map<std::uint32_t, float>, kTopicLevels> topics_;
  std::vector<std::uint32_t> near_;
};

// Immutable, thread-safe. `index` must outlive it and what it returns.
class Graph {
 public:
  explicit Graph(const IndexFile& index);

  // `best`: best first, weighted by rank.
  [[nodiscard]] Agreements agreements(std::span<const Scored> best) const;

 private:
  struct Rows {
    std::vector<std::uint32_t> begins, values;
    [[nodiscard]] std::span<const std::uint32_t> of(std::uint32_t row) const {
      return std::span(values).subspan(begins[row], begins[row + 1] - begins[row]);
    }
  };
  [[nodiscard]] static Rows reversed(std::span<const std::uint32_t> begins, std::span<const std::uint32_t> values, std::size_t rows);

  const IndexFile& index_;
  Rows links_in_, related_in_;
  std::array<Rows, kTopicLevels> members_;  // [level]: topic → publications that have it there; the first two levels are left empty
};

}  // namespace beffroi::search
