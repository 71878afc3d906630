#include "llm/e5/attention.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "llm/e5/vector_math.h"

namespace beffroi::llm::e5 {

namespace {

constexpr std::size_t kLane = 4 * kEight;  // what one pass of combine() gives: eight independent sums hide the delay of additions

// `count` vectors of kLane floats, `stride` apart.
struct Lanes {
  const float* data;
  std::size_t stride;
  std::size_t count;
};

// out[n] = the sum of the vectors, each times its factor of row n; two rows at once, so that a vector is loaded once for both.
void combine(const std::array<const float*, 2>& factors, const Lanes& vectors, const std::array<float*, 2>& out) {
  Eight a0{}, b0{}, c0{}, d0{}, a1{}, b1{}, c1{}, d1{};
  const float* from = vectors.data;
  for (std::size_t i = 0; i < vectors.count; ++i, from += vectors.stride) {
    const Eight a = load(from);
    const Eight b = load(from + kEight);
    const Eight c = load(from + 2 * kEight);
    const Eight d = load(from + 3 * kEight);
    const float first = factors[0][i];
    const float second = factors[1][i];
    a0 += first * a, b0 += first * b, c0 += first * c, d0 += first * d;
    a1 += second * a, b1 += second * b, c1 += second * c, d1 += second * d;
  }
  store(out[0], a0), store(out[0] + kEight, b0), store(out[0] + 2 * kEight, c0), store(out[0] + 3 * kEight, d0);
  store(out[1], a1), store(out[1] + kEight, b1), store(out[1] + 2 * kEight, c1), store(out[1] + 3 * kEight, d1);
}

// The first `count` scores become shares of 1, by e^(sharpness * score); the padding behind them next to nothing.
void soften(std::span<float> scores, std::size_t count, float sharpness) {
  constexpr float kNever = -std::numeric_limits<float>::infinity();
  std::fill(scores.begin() + static_cast<std::ptrdiff_t>(count), scores.end(), kNever);
  Eight highest = all(kNever);
  for (std::size_t i = 0; i < scores.size(); i += kEight) highest = greater(highest, load(&scores[i]));
  float most = highest[0];
  for (std::size_t i = 1; i < kEight; ++i) most = std::max(most, highest[i]);
  Eight total{};
  for (std::size_t i = 0; i < scores.size(); i += kEight) {
    const Eight weight = exponential((load(&scores[i]) - most) * sharpness);
    store(&scores[i], weight);
    total += weight;
  }
  const float share = 1.0F / sum(total);
  for (std::size_t i = 0; i < scores.size(); i += kEight) store(&scores[i], load(&scores[i]) * share);
}

}  // namespace

Attention::Attention(int width, int heads) : width_(static_cast<std::size_t>(width)), heads_(static_cast<std::size_t>(heads)) {}

// Copies a head's keys and values to where loops walk without jumps: in `attended` rows lie so far apart that they chase one another
// out of the first cache.
void Attention::gather(std::size_t head, std::span<const float> attended) {
  const std::size_t size = width_ / heads_;
  const std::size_t rows = attended.size() / (3 * width_);
  const std::size_t lanes = (rows + kLane - 1) / kLane;
  keys_.assign(lanes * kLane * size, 0.0F);
  values_.resize(rows * size);
  for (std::size_t row = 0; row < rows; ++row) {
    const float* key = attended.data() + row * 3 * width_ + width_ + head * size;
    float* turned = keys_.data() + row / kLane * kLane * size + row % kLane;
    for (std::size_t i = 0; i < size; ++i) turned[i * kLane] = key[i];
    std::copy_n(key + width_, size, values_.data() + row * size);
  }
}

void Attention::mix_head(std::size_t head, std::span<const float> attended, std::span<float> mixed) {
  gather(head, attended);
  const std::size_t size = width_ / heads_;
  const std::size_t rows = attended.size() / (3 * width_);
  const std::size_t padded = (rows + kLane - 1) / kLane * kLane;
  weights_.resize(2 * padded);
  const std::array<float*, 2> weights = {weights_.data(), weights_.data() + padded};
  const float sharpness = 1.0F / std::sqrt(static_cast<float>(size));
  const float* queries = attended.data() + head * size;
  for (std::size_t row = 0; row < rows; row += 2) {
    const std::size_t next = std::min(row + 1, rows - 1);  // a last odd row is computed twice
    const std::array<const float*, 2> pair = {queries + row * 3 * width_, queries + next * 3 * width_};
    for (std::size_t at = 0; at < padded; at += kLane)
      combine(pair, {keys_.data() + at * size, kLane, size}, {weights[0] + at, weights[1] + at});
    for (float* scores : weights) soften({scores, padded}, rows, sharpness);
    float* first = mixed.data() + row * width_ + head * size;
    float* second = mixed.data() + next * width_ + head * size;
    for (std::size_t i = 0; i < size; i += kLane) {
      combine({weights[0], weights[1]}, {values_.data() + i, size, rows}, {first + i, second + i});
    }
  }
}

void Attention::mix(std::span<const float> attended, std::span<float> mixed) {
  for (std::size_t head = 0; head < heads_; ++head) mix_head(head, attended, mixed);
}

}  // namespace beffroi::llm::e5
