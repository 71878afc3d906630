#include "llm/e5/packed_matrix.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "llm/e5/half.h"

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#include <immintrin.h>
#endif

namespace beffroi::llm::e5 {

namespace {

// Where the eight outputs of one group go, for consecutive rows.
struct GroupOutput {
  const float* bias;
  float* data;
  std::size_t stride;
};

constexpr int kRowsAtOnce = 5;  // as many as the sixteen registers hold with the weights

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)

float round_block(const float* from, std::int8_t* to, std::int32_t& offset) {
  __m256 values[4];
  __m256 largest = _mm256_setzero_ps();
  for (int i = 0; i < 4; ++i) {
    values[i] = _mm256_loadu_ps(from + i * 8);
    largest = _mm256_max_ps(largest, _mm256_andnot_ps(_mm256_set1_ps(-0.0F), values[i]));
  }
  __m128 most = _mm_max_ps(_mm256_castps256_ps128(largest), _mm256_extractf128_ps(largest, 1));
  most = _mm_max_ps(most, _mm_movehl_ps(most, most));
  most = _mm_max_ss(most, _mm_shuffle_ps(most, most, 1));
  const float scale = _mm_cvtss_f32(most) / 127.0F;
  const __m256 inverse = _mm256_set1_ps(scale > 0 ? 1.0F / scale : 0.0F);
  __m256i whole[4];
  for (int i = 0; i < 4; ++i) whole[i] = _mm256_cvtps_epi32(_mm256_mul_ps(values[i], inverse));
  // Packing works on halves of registers: put the groups of four back in order.
  const __m256i packed = _mm256_packs_epi16(_mm256_packs_epi32(whole[0], whole[1]), _mm256_packs_epi32(whole[2], whole[3]));
  const __m256i ordered = _mm256_permutevar8x32_epi32(packed, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7));
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), ordered);
  const __m256i sums = _mm256_add_epi32(_mm256_add_epi32(whole[0], whole[1]), _mm256_add_epi32(whole[2], whole[3]));
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
  offset = -8 * _mm_cvtsi128_si32(sum);
  return scale;
}

__m256i four_inputs(const std::int8_t* at) {
  std::int32_t four;
  std::memcpy(&four, at, sizeof four);
  return _mm256_set1_epi32(four);
}

// Eight outputs for Rows rows from `first` on.
template <int Rows>
void dot_rows(const PackedMatrix::Tile* tiles, const RoundedRows& input, int first, const GroupOutput& out) {
  __m256 totals[Rows];
  for (auto& total : totals) total = _mm256_loadu_ps(out.bias);
  const __m256i low_half = _mm256_set1_epi8(0x0F);
  for (std::size_t block = 0; block < input.blocks(); ++block) {
    const PackedMatrix::Tile& tile = tiles[block];
    __m256i sums[Rows];
    for (auto& sum : sums) sum = _mm256_setzero_si256();
    for (std::size_t j = 0; j < 4; ++j) {
      const __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tile.halves[j].data()));
      const __m256i low = _mm256_and_si256(halves, low_half);
      const __m256i high = _mm256_and_si256(_mm256_srli_epi16(halves, 4), low_half);
      for (int row = 0; row < Rows; ++row) {
        const std::int8_t* inputs = input.row(first + row) + block * kBlockWeights + j * 4;
        sums[row] = _mm256_add_epi16(sums[row], _mm256_maddubs_epi16(low, four_inputs(inputs)));
        sums[row] = _mm256_add_epi16(sums[row], _mm256_maddubs_epi16(high, four_inputs(inputs + 16)));
      }
    }
    const __m256 scales = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tile.scales.data())));
    for (int row = 0; row < Rows; ++row) {
      const __m256i whole = _mm256_add_epi32(_mm256_madd_epi16(sums[row], _mm256_set1_epi16(1)),
                                             _mm256_set1_epi32(input.offsets(first + row)[block]));
      const __m256 scale = _mm256_mul_ps(scales, _mm256_set1_ps(input.scales(first + row)[block]));
      totals[row] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(whole), scale, totals[row]);
    }
  }
  for (int row = 0; row < Rows; ++row) _mm256_storeu_ps(out.data + static_cast<std::size_t>(row) * out.stride, totals[row]);
}

#else  // any other processor: the same sums, one at a time

float round_block(const float* from, std::int8_t* to, std::int32_t& offset) {
  float most = 0;
  for (int i = 0; i < kBlockWeights; ++i) most = std::max(most, std::abs(from[i]));
  const float scale = most / 127.0F;
  std::int32_t sum = 0;
  for (int i = 0; i < kBlockWeights; ++i) {
    to[i] = static_cast<std::int8_t>(scale > 0 ? std::lrintf(from[i] / scale) : 0);
    sum += to[i];
  }
  offset = -8 * sum;
  return scale;
}

template <int Rows>
void dot_rows(const PackedMatrix::Tile* tiles, const RoundedRows& input, int first, const GroupOutput& out) {
  for (int row = 0; row < Rows; ++row) {
    const std::int8_t* inputs = input.row(first + row);
    for (std::size_t o = 0; o < PackedMatrix::kGroup; ++o) {
      float total = out.bias[o];
      for (std::size_t block = 0; block < input.blocks(); ++block) {
        std::int32_t sum = input.offsets(first + row)[block];
        for (std::size_t i = 0; i < 16; ++i) {
          const int halves = tiles[block].halves[i / 4][o * 4 + i % 4];
          sum += (halves & 0x0F) * inputs[block * kBlockWeights + i] + (halves >> 4) * inputs[block * kBlockWeights + i + 16];
        }
        total += static_cast<float>(sum) * input.scales(first + row)[block] * half_to_float(tiles[block].scales[o]);
      }
      out.data[static_cast<std::size_t>(row) * out.stride + o] = total;
    }
  }
}

#endif

void dot_rows(const PackedMatrix::Tile* tiles, const RoundedRows& input, std::pair<int, int> rows, const GroupOutput& out) {
  static_assert(kRowsAtOnce == 5);
  switch (rows.second) {
    case 1: return dot_rows<1>(tiles, input, rows.first, out);
    case 2: return dot_rows<2>(tiles, input, rows.first, out);
    case 3: return dot_rows<3>(tiles, input, rows.first, out);
    case 4: return dot_rows<4>(tiles, input, rows.first, out);
    default: return dot_rows<5>(tiles, input, rows.first, out);
  }
}

}  // namespace

void RoundedRows::assign(std::span<const float> values, int rows, int columns) {
  rows_ = rows;
  columns_ = static_cast<std::size_t>(columns);
  const std::size_t block_count = static_cast<std::size_t>(rows) * blocks();
  values_.resize(values.size());
  scales_.resize(block_count);
  offsets_.resize(block_count);
  for (std::size_t block = 0; block < block_count; ++block) {
    const float* from = values.data() + block * kBlockWeights;
    std::int8_t* to = values_.data() + block * kBlockWeights;
    scales_[block] = round_block(from, to, offsets_[block]);
  }
}

PackedMatrix::PackedMatrix(std::span<const Part> parts) : blocks_(static_cast<std::size_t>(parts[0].weights.columns) / kBlockWeights) {
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

void PackedMatrix::multiply(const RoundedRows& input, std::span<float> out) const {
  // Rows in slices that stay in the first cache while all the weights pass over them.
  constexpr int kSlice = 48;
  const std::size_t stride = bias_.size();
  for (int begin = 0; begin < input.rows(); begin += kSlice) {
    const int end = std::min(begin + kSlice, input.rows());
    for (std::size_t group = 0; group < stride / kGroup; ++group) {
      const Tile* tiles = tiles_.data() + group * blocks_;
      const float* bias = bias_.data() + group * kGroup;
      for (int row = begin; row < end;) {
        const int count = std::min(kRowsAtOnce, end - row);
        dot_rows(tiles, input, {row, count}, {bias, out.data() + static_cast<std::size_t>(row) * stride + group * kGroup, stride});
        row += count;
      }
    }
  }
}

}  // namespace beffroi::llm::e5
