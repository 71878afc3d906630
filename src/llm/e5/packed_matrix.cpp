#include "llm/e5/packed_matrix.h"

#include <algorithm>
#include <cstring>

namespace beffroi::llm::e5 {

void RoundedRows::assign(std::span<const float> values, int rows, int columns) {
  rows_ = rows;
  blocks_ = static_cast<std::size_t>(columns) / kBlockInputs;
  values_.resize(values.size());
  scales_.resize(values.size() / kBlockInputs);
  offsets_.resize(scales_.size());
  for (std::size_t block = 0; block < scales_.size(); ++block) {
    const std::size_t at = block * kBlockInputs;
    scales_[block] = round_block(values.data() + at, values_.data() + at, offsets_[block]);
  }
}

InputRows RoundedRows::from(int row) const {
  const std::size_t block = static_cast<std::size_t>(row) * blocks_;
  return {values_.data() + block * kBlockInputs, scales_.data() + block, offsets_.data() + block, blocks_};
}

PackedMatrix::PackedMatrix(std::span<const Part> parts) : blocks_(static_cast<std::size_t>(parts[0].weights.columns) / kBlockInputs) {
  for (const Part& part : parts) {
    const auto rows = static_cast<std::size_t>(part.weights.rows);
    for (std::size_t first = 0; first < rows; first += kGroup) {
      for (std::size_t block = 0; block < blocks_; ++block) {
        Tile& tile = tiles_.emplace_back();
        for (std::size_t row = 0; row < kGroup; ++row) {
          QuantBlock source;
          std::memcpy(&source, part.weights.data + ((first + row) * blocks_ + block) * sizeof(QuantBlock), sizeof source);
          tile.scales[row] = source.scale;
          for (std::size_t i = 0; i < source.halves.size(); ++i) tile.halves[i / 4][row * 4 + i % 4] = source.halves[i];
        }
      }
    }
    bias_.insert(bias_.end(), part.bias.begin(), part.bias.end());
  }
}

void PackedMatrix::multiply(const RoundedRows& input, std::span<float> out, const DotKernel& kernel) const {
  // Rows in slices that stay in the first cache while all the weights pass over them.
  constexpr int kSlice = 48;
  const std::size_t stride = bias_.size();
  for (int begin = 0; begin < input.rows(); begin += kSlice) {
    const int end = std::min(begin + kSlice, input.rows());
    for (std::size_t group = 0; group < stride / kGroup; ++group) {
      const Tile* tiles = tiles_.data() + group * blocks_;
      for (int row = begin; row < end; row += kernel.rows_at_once) {
        float* to = out.data() + static_cast<std::size_t>(row) * stride + group * kGroup;
        kernel.dot(tiles, input.from(row), std::min(kernel.rows_at_once, end - row), {bias_.data() + group * kGroup, to, stride});
      }
    }
  }
}

}  // namespace beffroi::llm::e5
