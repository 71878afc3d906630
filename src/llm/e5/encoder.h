// The BERT encoder of e5: pieces in, the mean of the last layer out. Immutable once built; thread-safe, each call with its own memory
// (about 20 KB a piece).
#pragma once

#include <span>
#include <vector>

#include "llm/e5/model_file.h"
#include "llm/e5/packed_matrix.h"

namespace beffroi::llm::e5 {

class Encoder {
 public:
  // `model` must outlive the encoder. Packs the weights: about 12 MB and 20 ms.
  explicit Encoder(const ModelFile& model);

  // The mean vector, not normalised, of one window: begin mark, pieces, end mark; 1 to model.window pieces, each known to the model.
  [[nodiscard]] std::vector<float> encode(std::span<const int> pieces) const;

 private:
  struct Layer {
    PackedMatrix attention_in;  // query, key and value side by side
    PackedMatrix attention_out, feed_in, feed_out;
    const LayerWeights& weights;
  };
  struct Workspace;

  void read_pieces(std::span<const int> pieces, Workspace& work) const;
  void apply(const Layer& layer, Workspace& work) const;
  void add_and_normalize(Workspace& work, const std::vector<float>& scale, const std::vector<float>& shift) const;

  const ModelFile& model_;
  std::vector<Layer> layers_;
};

}  // namespace beffroi::llm::e5
