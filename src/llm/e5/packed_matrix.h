// A matrix of 4-bit weights laid out for the processor, and its product with activations rounded to 8 bits.
//
// This product is nine tenths of an embedding's time. Weights are regrouped so that eight outputs are computed side by side and no sum
// across a register is ever needed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "llm/e5/dot_kernels.h"
#include "llm/e5/model_file.h"

namespace beffroi::llm::e5 {

// Rows of activations, each block of 32 rounded to 8 bits with a scale of its own.
class RoundedRows {
 public:
  // Rounds `rows` * `columns` values.
  void assign(std::span<const float> values, int rows, int columns);

  [[nodiscard]] InputRows from(int row) const;
  [[nodiscard]] int rows() const { return rows_; }

 private:
  int rows_ = 0;
  std::size_t blocks_ = 0;
  std::vector<std::int8_t> values_;
  std::vector<float> scales_;
  std::vector<std::int32_t> offsets_;
};

class PackedMatrix {
 public:
  // One matrix over the other (query, key and value are computed together), with the biases in the same order.
  struct Part {
    const QuantMatrix& weights;
    const std::vector<float>& bias;
  };
  explicit PackedMatrix(std::span<const Part> parts);

  // out[row * outputs + o] = bias[o] + the product of `input`'s row and the matrix's output o.
  void multiply(const RoundedRows& input, std::span<float> out, const DotKernel& kernel = dot_kernels().front()) const;

 private:
  std::size_t blocks_ = 0;
  std::vector<Tile> tiles_;  // group after group
  std::vector<float> bias_;
};

}  // namespace beffroi::llm::e5
