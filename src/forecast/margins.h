// How far above the forecast to go to be right nine times out of ten: quantiles of past errors, of each site, mixed with everyone's.
//
// An error is measured against its usual size: (count − forecast) / (√forecast × scale), the scale told by a model of its own (1 without).
// A site with n errors weighs n / (n + 150) of its own quantile (split conformal margins, Vovk; the mixing is the house's).
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace beffroi::forecast {

inline constexpr std::array<double, 10> kQuantiles = {0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95};

// Fewer errors than this say nothing of the next ones: a town in its first weeks has the margins of others.
inline constexpr std::size_t kEnoughErrors = 200;

struct PastError {
  std::size_t site = 0;
  double error = 0;  // in units of its usual size
};

class Margins {
 public:
  // Without kEnoughErrors: those of the 87 canteens of Nantes, 21 days ahead, linear model, 2015 to 2017 (docs/canteen.md), in units of
  // √forecast.
  Margins(std::span<const PastError> errors, std::size_t sites);

  // In units of the usual size of an error; never decreases along kQuantiles.
  [[nodiscard]] double margin(std::size_t site, std::size_t quantile) const { return by_site_[site][quantile]; }
  // Of a site without errors of its own.
  [[nodiscard]] double everyone(std::size_t quantile) const { return pool_[quantile]; }

 private:
  std::vector<std::array<double, kQuantiles.size()>> by_site_;
  std::array<double, kQuantiles.size()> pool_{};
};

// The value below which that share of the sorted values lies, linear between them; 0 without any.
[[nodiscard]] double quantile_of(std::span<const double> sorted, double share);

}  // namespace beffroi::forecast
