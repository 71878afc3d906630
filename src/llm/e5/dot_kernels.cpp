#include "llm/e5/dot_kernels.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "llm/e5/half.h"

#if defined(__AVX2__) && defined(__FMA__) && defined(__F16C__)
#define BEFFROI_E5_X86 1
#include <immintrin.h>
#endif

namespace beffroi::llm::e5 {

namespace {

void dot_anywhere(const Tile* tiles, const InputRows& input, int rows, const GroupOutput& out) {
  for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row) {
    for (std::size_t o = 0; o < kGroup; ++o) {
      float total = out.bias[o];
      for (std::size_t block = 0; block < input.blocks; ++block) {
        const std::size_t at = row * input.blocks + block;
        const std::int8_t* inputs = input.values + at * kBlockInputs;
        std::int32_t sum = input.offsets[at];
        for (std::size_t i = 0; i < 16; ++i) {
          const int halves = tiles[block].halves[i / 4][o * 4 + i % 4];
          sum += (halves & 0x0F) * inputs[i] + (halves >> 4) * inputs[i + 16];
        }
        total += static_cast<float>(sum) * (half_to_float(tiles[block].scales[o]) * input.scales[at]);
      }
      out.data[row * out.stride + o] = total;
    }
  }
}

#ifdef BEFFROI_E5_X86

// The function for each number of rows, so that the loops over rows unroll into registers.
template <template <int> class Dot, int... Rows>
void dispatch(std::integer_sequence<int, Rows...>, int rows, const Tile* tiles, const InputRows& input, const GroupOutput& out) {
  (void)((rows == Rows + 1 && (Dot<Rows + 1>::run(tiles, input, out), true)) || ...);
}

inline __m256i four_inputs(const std::int8_t* at) {
  std::int32_t four;
  std::memcpy(&four, at, sizeof four);
  return _mm256_set1_epi32(four);
}

// Products of 0…15 and -127…127 added in pairs, eight times: at most 8 * 2 * 15 * 127 = 30480, so 16 bits hold them exactly.
template <int Rows>
struct DotAvx2 {
  static void run(const Tile* tiles, const InputRows& input, const GroupOutput& out) {
    __m256 totals[Rows];
    for (auto& total : totals) total = _mm256_loadu_ps(out.bias);
    const __m256i low_half = _mm256_set1_epi8(0x0F);
    for (std::size_t block = 0; block < input.blocks; ++block) {
      __m256i sums[Rows];
      for (auto& sum : sums) sum = _mm256_setzero_si256();
      for (std::size_t j = 0; j < 4; ++j) {
        const __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tiles[block].halves[j].data()));
        const __m256i low = _mm256_and_si256(halves, low_half);
        const __m256i high = _mm256_and_si256(_mm256_srli_epi16(halves, 4), low_half);
        for (std::size_t row = 0; row < Rows; ++row) {
          const std::int8_t* inputs = input.values + (row * input.blocks + block) * kBlockInputs + j * 4;
          sums[row] = _mm256_add_epi16(sums[row], _mm256_maddubs_epi16(low, four_inputs(inputs)));
          sums[row] = _mm256_add_epi16(sums[row], _mm256_maddubs_epi16(high, four_inputs(inputs + 16)));
        }
      }
      const __m256 scales = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tiles[block].scales.data())));
      for (std::size_t row = 0; row < Rows; ++row) {
        const std::size_t at = row * input.blocks + block;
        const __m256i sum = _mm256_add_epi32(_mm256_madd_epi16(sums[row], _mm256_set1_epi16(1)), _mm256_set1_epi32(input.offsets[at]));
        totals[row] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sum), _mm256_mul_ps(scales, _mm256_set1_ps(input.scales[at])), totals[row]);
      }
    }
    for (std::size_t row = 0; row < Rows; ++row) _mm256_storeu_ps(out.data + row * out.stride, totals[row]);
  }
};

// The same with the one instruction that multiplies and adds by fours (servers since 2019), and twice the registers.
template <int Rows>
struct DotVnni {
  [[gnu::target("avx512f,avx512vl,avx512vnni")]] static void run(const Tile* tiles, const InputRows& input, const GroupOutput& out) {
    __m256 totals[Rows];
    for (auto& total : totals) total = _mm256_loadu_ps(out.bias);
    const __m256i low_half = _mm256_set1_epi8(0x0F);
    for (std::size_t block = 0; block < input.blocks; ++block) {
      __m256i sums[Rows];
      for (std::size_t row = 0; row < Rows; ++row) sums[row] = _mm256_set1_epi32(input.offsets[row * input.blocks + block]);
      for (std::size_t j = 0; j < 4; ++j) {
        const __m256i halves = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(tiles[block].halves[j].data()));
        const __m256i low = _mm256_and_si256(halves, low_half);
        const __m256i high = _mm256_and_si256(_mm256_srli_epi16(halves, 4), low_half);
        for (std::size_t row = 0; row < Rows; ++row) {
          const std::int8_t* inputs = input.values + (row * input.blocks + block) * kBlockInputs + j * 4;
          sums[row] = _mm256_dpbusd_epi32(sums[row], low, four_inputs(inputs));
          sums[row] = _mm256_dpbusd_epi32(sums[row], high, four_inputs(inputs + 16));
        }
      }
      const __m256 scales = _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(tiles[block].scales.data())));
      for (std::size_t row = 0; row < Rows; ++row) {
        const __m256 scale = _mm256_mul_ps(scales, _mm256_set1_ps(input.scales[row * input.blocks + block]));
        totals[row] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sums[row]), scale, totals[row]);
      }
    }
    for (std::size_t row = 0; row < Rows; ++row) _mm256_storeu_ps(out.data + row * out.stride, totals[row]);
  }
};

constexpr int kAvx2Rows = 4;
constexpr int kVnniRows = 8;

void dot_avx2(const Tile* tiles, const InputRows& input, int rows, const GroupOutput& out) {
  dispatch<DotAvx2>(std::make_integer_sequence<int, kAvx2Rows>{}, rows, tiles, input, out);
}

void dot_vnni(const Tile* tiles, const InputRows& input, int rows, const GroupOutput& out) {
  dispatch<DotVnni>(std::make_integer_sequence<int, kVnniRows>{}, rows, tiles, input, out);
}

#endif

std::vector<DotKernel> runnable() {
  std::vector<DotKernel> kernels;
#ifdef BEFFROI_E5_X86
  if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) kernels.push_back({"avx512vnni", kVnniRows, dot_vnni});
  kernels.push_back({"avx2", kAvx2Rows, dot_avx2});
#endif
  kernels.push_back({"portable", 1, dot_anywhere});
  return kernels;
}

}  // namespace

#ifdef BEFFROI_E5_X86

float round_block(const float* from, std::int8_t* to, std::int32_t& offset) {
  const __m256 a = _mm256_loadu_ps(from);
  const __m256 b = _mm256_loadu_ps(from + 8);
  const __m256 c = _mm256_loadu_ps(from + 16);
  const __m256 d = _mm256_loadu_ps(from + 24);
  const __m256 sign = _mm256_set1_ps(-0.0F);
  const __m256 largest = _mm256_max_ps(_mm256_max_ps(_mm256_andnot_ps(sign, a), _mm256_andnot_ps(sign, b)),
                                       _mm256_max_ps(_mm256_andnot_ps(sign, c), _mm256_andnot_ps(sign, d)));
  __m128 most = _mm_max_ps(_mm256_castps256_ps128(largest), _mm256_extractf128_ps(largest, 1));
  most = _mm_max_ps(most, _mm_movehl_ps(most, most));
  most = _mm_max_ss(most, _mm_shuffle_ps(most, most, 1));
  const float scale = _mm_cvtss_f32(most) / 127.0F;
  const __m256 inverse = _mm256_set1_ps(scale > 0 ? 1.0F / scale : 0.0F);
  const __m256i ab = _mm256_packs_epi32(_mm256_cvtps_epi32(_mm256_mul_ps(a, inverse)), _mm256_cvtps_epi32(_mm256_mul_ps(b, inverse)));
  const __m256i cd = _mm256_packs_epi32(_mm256_cvtps_epi32(_mm256_mul_ps(c, inverse)), _mm256_cvtps_epi32(_mm256_mul_ps(d, inverse)));
  // Packing works within halves of a register: put the groups of four back in order.
  const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
  const __m256i rounded = _mm256_permutevar8x32_epi32(_mm256_packs_epi16(ab, cd), order);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), rounded);
  const __m256i sums = _mm256_madd_epi16(_mm256_add_epi16(ab, cd), _mm256_set1_epi16(1));
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4E));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xB1));
  offset = -8 * _mm_cvtsi128_si32(sum);
  return scale;
}

#else

float round_block(const float* from, std::int8_t* to, std::int32_t& offset) {
  float most = 0;
  for (std::size_t i = 0; i < kBlockInputs; ++i) most = std::max(most, std::abs(from[i]));
  const float scale = most / 127.0F;
  std::int32_t sum = 0;
  for (std::size_t i = 0; i < kBlockInputs; ++i) {
    const float share = scale > 0 ? from[i] / scale : 0.0F;
    to[i] = static_cast<std::int8_t>(std::lrintf(share >= -127.0F && share <= 127.0F ? share : 127.0F));
    sum += to[i];
  }
  offset = -8 * sum;
  return scale;
}

#endif

std::span<const DotKernel> dot_kernels() {
  static const std::vector<DotKernel> kernels = runnable();
  return kernels;
}

}  // namespace beffroi::llm::e5
