// A matrix of 4-bit weights laid out for the processor, and its product with activations rounded to 8 bits.
//
// This product is nine tenths of an embedding's time. Weights are regrouped so that eight outputs are computed side by side and no sum
// across a register is ever needed; a block of 32 products is added up in 16-bit integers, exactly (32 * 15 * 127 / 8 pairs fits).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "llm/e5/model_file.h"

namespace beffroi::llm::e5 {

// Rows of activations, each block of 32 rounded to 8 bits with a scale of its own.
class RoundedRows {
 public:
  // Rounds `rows` * `columns` values.
  void assign(std::span<const float> values, int rows, int columns);

  [[nodiscard]] const std::int8_t* row(int index) const { return values_.data() + static_cast<std::size_t>(index) * columns_; }
  [[nodiscard]] const float* scales(int index) const { return scales_.data() + static_cast<std::size_t>(index) * blocks(); }
  // -8 times the sum of each block: what weights stored as 0…15 for -8…7 add too much.
  [[nodiscard]] const std::int32_t* offsets(int index) const { return offsets_.data() + static_cast<std::size_t>(index) * blocks(); }
  [[nodiscard]] int rows() const { return rows_; }
  [[nodiscard]] std::size_t blocks() const { return columns_ / kBlockWeights; }

 private:
  int rows_ = 0;
  std::size_t columns_ = 0;
  std::vector<std::int8_t> values_;
  std::vector<float> scales_;
  std::vector<std::int32_t> offsets_;
};

class PackedMatrix {
 public:
  static constexpr int kGroup = 8;  // outputs computed side by side

  // One matrix over the other (query, key and value are computed together), with the biases in the same order.
  struct Part {
    const QuantMatrix& weights;
    const std::vector<float>& bias;
  };
  explicit PackedMatrix(std::span<const Part> parts);

  [[nodiscard]] int outputs() const { return static_cast<int>(bias_.size()); }

  // out[row * outputs() + o] = bias[o] + the product of `input`'s row and the matrix's output o.
  void multiply(const RoundedRows& input, std::span<float> out) const;

  // A block of 32 inputs for eight outputs: halves[j] holds, for each output, inputs 4j…4j+3 (low) and 16+4j…16+4j+3 (high).
  struct alignas(16) Tile {
    std::array<std::array<std::uint8_t, 32>, 4> halves;
    std::array<std::uint16_t, kGroup> scales;
  };

 private:
  std::size_t blocks_ = 0;
  std::vector<Tile> tiles_;  // group after group
  std::vector<float> bias_;
};

}  // namespace beffroi::llm::e5
