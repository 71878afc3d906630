// The row of features as the linear model takes it: one column a weekday, a month, a rank in the school year…, each with the reason a planner
// reads when it moves a forecast.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "forecast/features.h"

namespace beffroi::forecast {

class LinearColumns {
 public:
  // `flags`: those of the panel the features are made from.
  explicit LinearColumns(const std::vector<Flag>& flags);

  [[nodiscard]] std::size_t width() const { return reasons_.size(); }
  // « jour de la semaine », « poisson »…: several columns share one.
  [[nodiscard]] const std::string& reason(std::size_t column) const { return reasons_[column]; }
  // `row` as Features::fill wrote it; `out` has width() places.
  void fill(std::span<const float> row, std::span<float> out) const;

 private:
  std::size_t flags_ = 0, answered_ = 0;
  std::vector<std::string> reasons_;
};

}  // namespace beffroi::forecast
