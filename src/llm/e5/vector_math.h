// The functions between the products, eight values at a time (compiler vectors: any processor).
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace beffroi::llm::e5 {

using Eight = float __attribute__((vector_size(32)));
using EightWhole = std::int32_t __attribute__((vector_size(32)));
inline constexpr std::size_t kEight = 8;

inline Eight load(const float* from) {
  Eight value;
  std::memcpy(&value, from, sizeof value);
  return value;
}
inline void store(float* to, Eight value) { std::memcpy(to, &value, sizeof value); }
inline Eight all(float value) { return Eight{value, value, value, value, value, value, value, value}; }
inline float sum(Eight v) { return ((v[0] + v[4]) + (v[1] + v[5])) + ((v[2] + v[6]) + (v[3] + v[7])); }
inline Eight greater(Eight a, Eight b) { return a > b ? a : b; }
inline Eight magnitude(Eight v) { return greater(v, -v); }

// Added then taken away, 1.5 * 2^23 leaves no room for a fraction: the nearest whole number, for values far below 2^22.
inline constexpr float kRoundingShift = 12582912.0F;

// e^x within 2e-7 of its value, for x up to 80; 0 or nearly below -87.
inline Eight exponential(Eight x) {
  x = greater(x, all(-87.0F));
  const Eight shifted = x * 1.44269504F + kRoundingShift;  // the nearest whole number lands in the low bits
  const Eight whole = shifted - kRoundingShift;
  const Eight r = (x - whole * 0.693359375F) + whole * 2.12194440e-4F;  // x - whole * ln 2, in two exact steps
  Eight p = r * 1.9875691500e-4F + 1.3981999507e-3F;                      // Cephes expf
  p = p * r + 8.3334519073e-3F;
  p = p * r + 4.1665795894e-2F;
  p = p * r + 1.6666665459e-1F;
  p = p * r + 5.0000001201e-1F;
  p = p * r * r + r + 1.0F;
  EightWhole exponent;
  std::memcpy(&exponent, &shifted, sizeof exponent);
  exponent <<= 23;  // the bits of 1.5 * 2^23 fall off
  EightWhole bits;
  std::memcpy(&bits, &p, sizeof bits);
  bits += exponent;
  std::memcpy(&p, &bits, sizeof p);
  return p;
}

// x * Phi(x), Phi the normal distribution function by Abramowitz and Stegun 7.1.26 (error below 2e-7).
inline Eight gelu(Eight x) {
  const Eight z = magnitude(x) * 0.70710678F;
  const Eight t = 1.0F / (1.0F + z * 0.3275911F);
  Eight p = t * 1.061405429F - 1.453152027F;
  p = p * t + 1.421413741F;
  p = p * t - 0.284496736F;
  p = p * t + 0.254829592F;
  const Eight tail = p * t * exponential(-z * z) * 0.5F;  // 1 - Phi(|x|)
  return x * (x > 0.0F ? 1.0F - tail : tail);
}

// row = (row - mean) / deviation * scale + shift. Lengths are multiples of eight.
inline void normalize(std::span<float> row, const float* scale, const float* shift, float epsilon) {
  const auto count = static_cast<float>(row.size());
  Eight total{};
  for (std::size_t i = 0; i < row.size(); i += kEight) total += load(&row[i]);
  const float mean = sum(total) / count;
  Eight squares{};
  for (std::size_t i = 0; i < row.size(); i += kEight) {
    const Eight distance = load(&row[i]) - mean;
    squares += distance * distance;
  }
  const float inverse = 1.0F / std::sqrt(sum(squares) / count + epsilon);
  for (std::size_t i = 0; i < row.size(); i += kEight) {
    store(&row[i], (load(&row[i]) - mean) * inverse * load(scale + i) + load(shift + i));
  }
}

}  // namespace beffroi::llm::e5
