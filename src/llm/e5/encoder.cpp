#include "llm/e5/encoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "llm/e5/half.h"
#include "llm/e5/vector_math.h"

namespace beffroi::llm::e5 {

namespace {

constexpr std::size_t kLane = 4 * kEight;  // four independent sums hide the delay of an addition; heads are whole lanes

// scores = query times each of kLane keys, which lie side by side: component i of them all at keys[i * stride].
void score_lane(std::span<const float> query, const float* keys, std::size_t stride, float* scores) {
  Eight a{}, b{}, c{}, d{};
  for (const float component : query) {
    a += component * load(keys);
    b += component * load(keys + kEight);
    c += component * load(keys + 2 * kEight);
    d += component * load(keys + 3 * kEight);
    keys += stride;
  }
  store(scores, a);
  store(scores + kEight, b);
  store(scores + 2 * kEight, c);
  store(scores + 3 * kEight, d);
}

// The first `count` scores become e^(sharpness * (score - highest)), the rest next to nothing; their sum.
float soften(std::span<float> scores, std::size_t count, float sharpness) {
  std::fill(scores.begin() + static_cast<std::ptrdiff_t>(count), scores.end(), -INFINITY);
  Eight highest = all(-INFINITY);
  for (std::size_t i = 0; i < scores.size(); i += kEight) highest = greater(highest, load(&scores[i]));
  float most = highest[0];
  for (std::size_t i = 1; i < kEight; ++i) most = std::max(most, highest[i]);
  Eight total{};
  for (std::size_t i = 0; i < scores.size(); i += kEight) {
    const Eight weight = exponential((load(&scores[i]) - most) * sharpness);
    store(&scores[i], weight);
    total += weight;
  }
  return sum(total);
}

// mixed = share * the sum of weights[row] times kLane components of each row's value.
void mix_lane(std::span<const float> weights, const float* values, std::size_t stride, float share, float* mixed) {
  Eight a{}, b{}, c{}, d{};
  for (const float weight : weights) {
    a += weight * load(values);
    b += weight * load(values + kEight);
    c += weight * load(values + 2 * kEight);
    d += weight * load(values + 3 * kEight);
    values += stride;
  }
  store(mixed, a * share);
  store(mixed + kEight, b * share);
  store(mixed + 2 * kEight, c * share);
  store(mixed + 3 * kEight, d * share);
}

}  // namespace

// Everything one call computes on; rows are pieces.
struct Encoder::Workspace {
  int rows = 0;
  std::vector<float> state;     // width a row
  std::vector<float> attended;  // query, key, value: 3 * width a row
  std::vector<float> mixed;     // width a row
  std::vector<float> added;     // width a row: what a half layer adds to the state
  std::vector<float> feed;      // feed width a row
  RoundedRows rounded;
  std::vector<float> keys;     // of one head, turned: a column a row, padded to whole lanes
  std::vector<float> weights;  // of one row, padded likewise
};

Encoder::Encoder(const ModelFile& model) : model_(model) {
  layers_.reserve(model.layers.size());
  for (const LayerWeights& from : model.layers) {
    const std::array<PackedMatrix::Part, 3> in = {
        {{from.query, from.query_bias}, {from.key, from.key_bias}, {from.value, from.value_bias}}};
    const PackedMatrix::Part out{from.attention_out, from.attention_out_bias};
    const PackedMatrix::Part feed_in{from.feed_in, from.feed_in_bias};
    const PackedMatrix::Part feed_out{from.feed_out, from.feed_out_bias};
    layers_.push_back({PackedMatrix(in), PackedMatrix({&out, 1}), PackedMatrix({&feed_in, 1}), PackedMatrix({&feed_out, 1}), from});
  }
}

void Encoder::read_pieces(std::span<const int> pieces, Workspace& work) const {
  const auto width = static_cast<std::size_t>(model_.width);
  const std::size_t row_bytes = width / kBlockWeights * sizeof(QuantBlock);
  for (std::size_t row = 0; row < pieces.size(); ++row) {
    float* state = work.state.data() + row * width;
    const std::byte* word = model_.words.data + static_cast<std::size_t>(pieces[row]) * row_bytes;
    for (std::size_t at = 0; at < width; at += kBlockWeights, word += sizeof(QuantBlock)) {
      QuantBlock block;
      std::memcpy(&block, word, sizeof block);
      const float scale = half_to_float(block.scale);
      for (std::size_t i = 0; i < block.halves.size(); ++i) {
        state[at + i] = static_cast<float>((block.halves[i] & 0x0F) - 8) * scale;
        state[at + i + 16] = static_cast<float>((block.halves[i] >> 4) - 8) * scale;
      }
    }
    const float* position = model_.positions.data() + row * width;
    for (std::size_t i = 0; i < width; ++i) state[i] += position[i] + model_.segment[i];
    normalize({state, width}, model_.input_norm_scale.data(), model_.input_norm_shift.data(), model_.epsilon);
  }
}

// Each row looks at every row of its window, head by head; result in `mixed`.
void Encoder::attend_head(int head, Workspace& work) const {
  const auto width = static_cast<std::size_t>(model_.width);
  const std::size_t size = width / static_cast<std::size_t>(model_.heads);
  const auto rows = static_cast<std::size_t>(work.rows);
  const std::size_t padded = (rows + kLane - 1) / kLane * kLane;
  const float* queries = work.attended.data() + static_cast<std::size_t>(head) * size;
  const float* keys = queries + width;
  const float* values = keys + width;
  work.keys.assign(size * padded, 0.0F);
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t i = 0; i < size; ++i) work.keys[i * padded + row] = keys[row * 3 * width + i];
  }
  const float sharpness = 1.0F / std::sqrt(static_cast<float>(size));
  for (std::size_t row = 0; row < rows; ++row) {
    const float* query = queries + row * 3 * width;
    for (std::size_t other = 0; other < padded; other += kLane) score_lane({query, size}, &work.keys[other], padded, &work.weights[other]);
    const float share = 1.0F / soften({work.weights.data(), padded}, rows, sharpness);
    float* mixed = work.mixed.data() + row * width + static_cast<std::size_t>(head) * size;
    for (std::size_t i = 0; i < size; i += kLane) mix_lane({work.weights.data(), rows}, values + i, 3 * width, share, mixed + i);
  }
}

void Encoder::attend(Workspace& work) const {
  for (int head = 0; head < model_.heads; ++head) attend_head(head, work);
}

void Encoder::add_and_normalize(Workspace& work, const std::vector<float>& scale, const std::vector<float>& shift) const {
  const std::size_t width = scale.size();
  for (std::size_t at = 0; at < work.state.size(); at += width) {
    for (std::size_t i = at; i < at + width; ++i) work.state[i] += work.added[i];
    normalize({&work.state[at], width}, scale.data(), shift.data(), model_.epsilon);
  }
}

void Encoder::apply(const Layer& layer, Workspace& work) const {
  const LayerWeights& weights = layer.weights;
  work.rounded.assign(work.state, work.rows, model_.width);
  layer.attention_in.multiply(work.rounded, work.attended);
  attend(work);
  work.rounded.assign(work.mixed, work.rows, model_.width);
  layer.attention_out.multiply(work.rounded, work.added);
  add_and_normalize(work, weights.attention_norm_scale, weights.attention_norm_shift);

  work.rounded.assign(work.state, work.rows, model_.width);
  layer.feed_in.multiply(work.rounded, work.feed);
  for (std::size_t i = 0; i < work.feed.size(); i += kEight) store(&work.feed[i], gelu(load(&work.feed[i])));
  work.rounded.assign(work.feed, work.rows, model_.feed_width);
  layer.feed_out.multiply(work.rounded, work.added);
  add_and_normalize(work, weights.feed_norm_scale, weights.feed_norm_shift);
}

std::vector<float> Encoder::encode(std::span<const int> pieces) const {
  const auto width = static_cast<std::size_t>(model_.width);
  Workspace work;
  work.rows = static_cast<int>(pieces.size());
  work.state.resize(pieces.size() * width);
  work.attended.resize(pieces.size() * width * 3);
  work.mixed.resize(pieces.size() * width);
  work.added.resize(pieces.size() * width);
  work.feed.resize(pieces.size() * static_cast<std::size_t>(model_.feed_width));
  work.weights.resize(pieces.size() + kLane);
  read_pieces(pieces, work);
  for (const Layer& layer : layers_) apply(layer, work);

  std::vector<float> mean(width, 0.0F);
  for (std::size_t row = 0; row < pieces.size(); ++row) {
    for (std::size_t i = 0; i < width; ++i) mean[i] += work.state[row * width + i];
  }
  for (float& component : mean) component /= static_cast<float>(pieces.size());
  return mean;
}

}  // namespace beffroi::llm::e5
