// Rows of single-precision numbers, one after the other.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace beffroi::forecast {

struct Matrix {
  std::size_t width = 0;
  std::vector<float> values;  // rows × width

  [[nodiscard]] std::size_t rows() const { return width == 0 ? 0 : values.size() / width; }
  [[nodiscard]] std::span<const float> row(std::size_t at) const { return {values.data() + at * width, width}; }
  [[nodiscard]] std::span<float> row(std::size_t at) { return {values.data() + at * width, width}; }
};

}  // namespace beffroi::forecast
