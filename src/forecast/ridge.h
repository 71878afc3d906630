// Linear regression that a few wild days do not bend: Huber's loss, a ridge penalty, solved in closed form step by step.
//
// Columns are centred and scaled; a missing value (NaN) counts as the column's mean. Minimises Σ wᵢ·huber(zᵢ − xᵢb) + penalty·Σ bⱼ², the
// intercept free. Huber's loss is dealt with by modified residuals (Huber and Dutter): one factorisation for all steps. Deterministic.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "forecast/matrix.h"

namespace beffroi::forecast {

struct RidgeOptions {
  double penalty = 100;     // on scaled coefficients, weights having mean 1
  double huber = 0.06;      // residuals beyond it, in units of the target, weigh linearly
  int steps = 12;
};

class Ridge {
 public:
  // As many targets and weights (≥ 0) as rows. Code::invalid_argument without a row.
  [[nodiscard]] static Result<Ridge> fit(const Matrix& rows, std::span<const float> targets, std::span<const float> weights,
                                         const RidgeOptions& options);

  [[nodiscard]] double predict(std::span<const float> row) const;
  // What each column adds to the prediction, relative to its mean; with intercept() they sum to predict().
  [[nodiscard]] double term(std::size_t column, float value) const;
  [[nodiscard]] double intercept() const { return intercept_; }

 private:
  std::vector<double> means_, factors_;  // factor: coefficient / scale
  double intercept_ = 0;
};

}  // namespace beffroi::forecast
