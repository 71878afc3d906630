// Each row of a window looks at every row: the middle of a transformer layer.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace beffroi::llm::e5 {

class Attention {
 public:
  // `width` is shared among `heads` of equal size, a multiple of 32.
  Attention(int width, int heads);

  // `attended` holds, a row, its query, key and value (`width` each); mixed[row] = the values of all rows, weighted head by head.
  void mix(std::span<const float> attended, std::span<float> mixed);

 private:
  void gather(std::size_t head, std::span<const float> attended);
  void mix_head(std::size_t head, std::span<const float> attended, std::span<float> mixed);

  std::size_t width_, heads_;
  std::vector<float> keys_;     // of one head, turned: 32 rows side by side, component after component, padded to whole lanes
  std::vector<float> values_;   // of one head, row after row
  std::vector<float> weights_;  // of two rows, padded like the keys
};

}  // namespace beffroi::llm::e5
