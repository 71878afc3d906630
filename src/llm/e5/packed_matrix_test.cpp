#include "llm/e5/packed_matrix.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "llm/e5/half.h"
#include "llm/e5/vector_math.h"

using namespace beffroi::llm::e5;

namespace {

// A matrix of random blocks, as bytes of the file's layout.
std::vector<std::byte> random_blocks(int rows, int columns, std::mt19937& random) {
  std::vector<std::byte> bytes(static_cast<std::size_t>(rows * columns / kBlockWeights) * sizeof(QuantBlock));
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(QuantBlock)) {
    QuantBlock block;
    block.scale = static_cast<std::uint16_t>(0x2000 + random() % 0x800);  // about 0.008 to 0.03
    for (auto& halves : block.halves) halves = static_cast<std::uint8_t>(random());
    std::memcpy(&bytes[at], &block, sizeof block);
  }
  return bytes;
}

float weight(const QuantMatrix& matrix, int row, int column) {
  QuantBlock block;
  const int index = row * (matrix.columns / kBlockWeights) + column / kBlockWeights;
  std::memcpy(&block, matrix.data + static_cast<std::size_t>(index) * sizeof block, sizeof block);
  const int in_block = column % kBlockWeights;
  const int halves = block.halves[static_cast<std::size_t>(in_block % 16)];
  return static_cast<float>((in_block < 16 ? halves & 0x0F : halves >> 4) - 8) * half_to_float(block.scale);
}

}  // namespace

TEST_CASE("every kernel gives the product of the plain matrix, within the rounding of activations to 8 bits") {
  std::mt19937 random(7);
  constexpr int kColumns = 96;
  const auto first_bytes = random_blocks(16, kColumns, random);
  const auto second_bytes = random_blocks(8, kColumns, random);
  const QuantMatrix first{first_bytes.data(), 16, kColumns};
  const QuantMatrix second{second_bytes.data(), 8, kColumns};
  const std::vector<float> first_bias(16, 0.5F);
  const std::vector<float> second_bias(8, -2.0F);
  const std::vector<PackedMatrix::Part> parts = {{first, first_bias}, {second, second_bias}};
  const PackedMatrix packed(parts);

  for (const int rows : {1, 2, 3, 7, 8, 13, 50, 101}) {
    std::uniform_real_distribution<float> between(-3.0F, 3.0F);
    std::vector<float> input(static_cast<std::size_t>(rows * kColumns));
    for (float& value : input) value = between(random);
    RoundedRows rounded;
    rounded.assign(input, rows, kColumns);
    for (const DotKernel& kernel : dot_kernels()) {
      CAPTURE(kernel.name);
      CAPTURE(rows);
      std::vector<float> out(static_cast<std::size_t>(rows * 24), NAN);
      packed.multiply(rounded, out, kernel);
      float worst = 0;
      for (int row = 0; row < rows; ++row) {
        for (int o = 0; o < 24; ++o) {
          float expected = o < 16 ? 0.5F : -2.0F;
          for (int i = 0; i < kColumns; ++i) {
            expected += input[static_cast<std::size_t>(row * kColumns + i)] * (o < 16 ? weight(first, o, i) : weight(second, o - 16, i));
          }
          worst = std::max(worst, std::abs(out[static_cast<std::size_t>(row * 24 + o)] - expected));
        }
      }
      CHECK(worst < 0.05F);  // 96 products, each off by at most 3/254 of a weight of 0.25
    }
  }
}

TEST_CASE("the largest weights and activations overflow no kernel") {
  constexpr int kColumns = 64;
  std::vector<std::byte> bytes(8 * 2 * sizeof(QuantBlock));
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(QuantBlock)) {
    QuantBlock block;
    block.scale = 0x3C00;  // 1
    block.halves.fill(0xFF);
    std::memcpy(&bytes[at], &block, sizeof block);
  }
  const QuantMatrix matrix{bytes.data(), 8, kColumns};
  const std::vector<float> bias(8, 0.0F);
  const std::vector<PackedMatrix::Part> parts = {{matrix, bias}};
  const PackedMatrix packed(parts);
  for (const float value : {127.0F, -127.0F, 0.0F}) {
    RoundedRows rounded;
    rounded.assign(std::vector<float>(kColumns, value), 1, kColumns);
    for (const DotKernel& kernel : dot_kernels()) {
      std::vector<float> out(8);
      packed.multiply(rounded, out, kernel);
      for (const float result : out) CHECK(result == doctest::Approx(7.0F * value * kColumns));
    }
  }
}

TEST_CASE("the functions between products are those of the standard library, within single precision") {
  for (float x = -20.0F; x <= 20.0F; x += 0.37F) {
    CAPTURE(x);
    CHECK(std::abs(exponential(all(x))[3] / std::exp(x) - 1.0F) < 1e-6F);
    CHECK(std::abs(gelu(all(x))[5] - 0.5F * x * (1.0F + std::erf(x * 0.70710678F))) < 2e-6F);
  }
  CHECK(exponential(all(-INFINITY))[0] < 1e-37F);
  CHECK(half_to_float(0x3C00) == 1.0F);
  CHECK(half_to_float(0xC000) == -2.0F);
  CHECK(half_to_float(0x0001) == 0x1p-24F);
  CHECK(half_to_float(0x8000) == 0.0F);
  CHECK(std::isinf(half_to_float(0x7C00)));
}
