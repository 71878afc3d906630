#include "llm/e5/encoder.h"

#include <array>
#include <cstring>

#include "llm/e5/attention.h"
#include "llm/e5/half.h"
#include "llm/e5/vector_math.h"

namespace beffroi::llm::e5 {

// Everything one call computes on; rows are pieces.
struct Encoder::Workspace {
  int rows;
  std::vector<float> state;     // width a row
  std::vector<float> attended;  // query, key, value: 3 * width a row
  std::vector<float> mixed;     // width a row
  std::vector<float> added;     // width a row: what a half layer adds to the state
  std::vector<float> feed;      // feed width a row
  RoundedRows rounded;
  Attention attention;

  Workspace(const ModelFile& model, std::size_t count) : rows(static_cast<int>(count)), attention(model.width, model.heads) {
    const std::size_t size = count * static_cast<std::size_t>(model.width);
    state.resize(size);
    attended.resize(3 * size);
    mixed.resize(size);
    added.resize(size);
    feed.resize(count * static_cast<std::size_t>(model.feed_width));
  }
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
  work.attention.mix(work.attended, work.mixed);
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
  Workspace work(model_, pieces.size());
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
