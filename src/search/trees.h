// Boosted trees as LightGBM writes them in its text format, numerical features only, evaluated exactly as LightGBM does.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::search {

// Immutable once parsed, thread-safe.
class Trees {
 public:
  // Code::bad_input for anything else than such a model: every number is checked.
  [[nodiscard]] static Result<Trees> parse(std::string_view model_text);

  // In the order in which predict() wants their values.
  [[nodiscard]] const std::vector<std::string>& feature_names() const { return feature_names_; }
  // The raw score. `features` has as many values as there are names; NaN means missing.
  [[nodiscard]] double predict(std::span<const float> features) const;

 private:
  struct Node {
    double threshold;
    std::int32_t left;   // a node, or ~leaf
    std::int32_t right;
    std::uint16_t feature;
    std::uint8_t missing;      // 0 none, 1 zero, 2 NaN
    std::uint8_t default_left;
  };
  [[nodiscard]] Status add_tree(std::string_view block);

  std::vector<std::string> feature_names_;
  std::vector<Node> nodes_;
  std::vector<double> leaves_;
  std::vector<std::int32_t> roots_;  // a node, or ~leaf
};

}  // namespace beffroi::search
