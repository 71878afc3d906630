// Gradient-boosted trees, behind a library that may be absent: the port.
#pragma once

#include <filesystem>
#include <memory>
#include <span>
#include <vector>

#include "base/result.h"
#include "forecast/matrix.h"

namespace beffroi::forecast {

struct BoostingOptions {
  double quantile = 0.5;     // of the target; 0.5 minimises the absolute error (rounded near 0), others the pinball loss
  int trees = 240;
  double rate = 0.045;      // of learning
};

// A fitted model. Thread-safe.
class BoostedTrees {
 public:
  virtual ~BoostedTrees() = default;
  [[nodiscard]] virtual Result<std::vector<double>> predict(const Matrix& rows) const = 0;
};

// Where trees are grown. One thread, the same trees for the same rows. Thread-safe.
class Boosting {
 public:
  virtual ~Boosting() = default;
  // As many targets and weights (≥ 0) as rows; missing values are NaN.
  [[nodiscard]] virtual Result<std::unique_ptr<BoostedTrees>> fit(const Matrix& rows, std::span<const float> targets,
                                                                  std::span<const float> weights, const BoostingOptions& options) const = 0;
};

// LightGBM's library at that path. Code::unavailable, with what to do, when it is absent or not what is expected.
[[nodiscard]] Result<std::shared_ptr<const Boosting>> open_lightgbm(const std::filesystem::path& library);
// Where tools/deps puts it.
[[nodiscard]] std::filesystem::path lightgbm_path(const std::filesystem::path& deps);

}  // namespace beffroi::forecast
