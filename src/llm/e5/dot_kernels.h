// The inner loops of PackedMatrix, one per kind of processor, all giving the same sums, and the rounding before them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace beffroi::llm::e5 {

inline constexpr std::size_t kGroup = 8;         // outputs computed side by side
inline constexpr std::size_t kBlockInputs = 32;  // inputs sharing one scale

// A block of inputs for a group of outputs: halves[j] holds, output after output, weights 4j…4j+3 (low) and 16+4j…16+4j+3 (high).
struct Tile {
  std::array<std::array<std::uint8_t, 32>, 4> halves;
  std::array<std::uint16_t, kGroup> scales;  // half precision
};

// Consecutive rows of activations, block by block.
struct InputRows {
  const std::int8_t* values;
  const float* scales;
  const std::int32_t* offsets;  // -8 times the sum of the block's values: weights are stored as 0…15 for -8…7
  std::size_t blocks;           // in a row
};

// Where the outputs of one group go; `stride` floats from a row to the next.
struct GroupOutput {
  const float* bias;
  float* data;
  std::size_t stride;
};

struct DotKernel {
  std::string_view name;
  int rows_at_once;  // what its registers hold
  // Outputs of one group (`input.blocks` tiles) for `rows` rows, 1 to rows_at_once.
  void (*dot)(const Tile* tiles, const InputRows& input, int rows, const GroupOutput& out);
};

// Rounds a block of activations to -127…127; gives its scale, and in `offset` what InputRows wants. What is not a number rounds to
// anything: a damaged model must stay an error told later, never undefined arithmetic.
[[nodiscard]] float round_block(const float* from, std::int8_t* to, std::int32_t& offset);

// Those that this processor can run, the fastest first; the last runs on any.
[[nodiscard]] std::span<const DotKernel> dot_kernels();

}  // namespace beffroi::llm::e5
