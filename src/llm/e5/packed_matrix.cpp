#include "llm/e5/packed_matrix.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

#include "llm/e5/vector_math.h"

namespace beffroi::llm::e5 {

namespace {

using EightBytes = std::int8_t __attribute__((vector_size(8)));

// Rounds one block; gives its scale and -8 times the sum of the rounded values.
std::pair<float, std::int32_t> round_block(const float* from, std::int8_t* to) {
  Eight largest{};
  for (std::size_t i = 0; i < kBlockInputs; i += kEight) largest = greater(largest, magnitude(load(from + i)));
  float most = 0;
  for (std::size_t i = 0; i < kEight; ++i) most = std::max(most, largest[i]);
  const float scale = most / 127.0F;
  const float inverse = scale > 0 ? 1.0F / scale : 0.0F;
  EightWhole sums{};
  for (std::size_t i = 0; i < kBlockInputs; i += kEight) {
    // The bound holds off only what is not a number: a damaged model must stay an error, not undefined arithmetic.
    const EightWhole rounded = nearest(greater(load(from + i) * inverse, all(-127.0F)));
    const auto bytes = __builtin_convertvector(rounded, EightBytes);
    std::memcpy(to + i, &bytes, sizeof bytes);
    sums += rounded;
  }
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < kEight; ++i) sum += sums[i];
  return {scale, -8 * sum};
}

}  // namespace

void RoundedRows::assign(std::span<const float> values, int rows, int columns) {
  rows_ = rows;
  blocks_ = static_cast<std::size_t>(columns) / kBlockInputs;
  values_.resize(values.size());
  scales_.resize(values.size() / kBlockInputs);
  offsets_.resize(scales_.size());
  for (std::size_t block = 0; block < scales_.size(); ++block) {
    std::tie(scales_[block], offsets_[block]) = round_block(values.data() + block * kBlockInputs, values_.data() + block * kBlockInputs);
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
