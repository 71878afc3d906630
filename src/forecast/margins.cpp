#include "forecast/margins.h"

#include <algorithm>
#include <cmath>

namespace beffroi::forecast {

namespace {
constexpr double kPoolWeight = 150;  // errors of everyone that a site's own are mixed with
constexpr std::size_t kFewErrors = 10;
constexpr std::array<double, kQuantiles.size()> kOthers = {0, 0.08, 0.17, 0.25, 0.35, 0.46, 0.59, 0.73, 0.94, 1.3};
}  // namespace

double quantile_of(std::span<const double> sorted, double share) {
  if (sorted.empty()) return 0;
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  if (below + 1 >= sorted.size()) return sorted.back();
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[below + 1] - sorted[below]);
}

Margins::Margins(std::span<const PastError> errors, std::size_t sites) : by_site_(sites, kOthers), pool_(kOthers) {
  if (errors.size() < kEnoughErrors) return;
  std::vector<double> pool;
  std::vector<std::vector<double>> own(sites);
  for (const PastError& past : errors) {
    pool.push_back(past.error);
    own[past.site].push_back(past.error);
  }
  std::sort(pool.begin(), pool.end());
  for (std::size_t at = 0; at < kQuantiles.size(); ++at) pool_[at] = quantile_of(pool, kQuantiles[at]);
  for (std::size_t site = 0; site < sites; ++site) {
    std::sort(own[site].begin(), own[site].end());
    const auto count = static_cast<double>(own[site].size());
    const double weight = own[site].size() < kFewErrors ? 0 : count / (count + kPoolWeight);
    for (std::size_t at = 0; at < kQuantiles.size(); ++at) {
      const double mixed = weight * quantile_of(own[site], kQuantiles[at]) + (1 - weight) * pool_[at];
      by_site_[site][at] = at == 0 ? mixed : std::max(mixed, by_site_[site][at - 1]);
    }
  }
}

}  // namespace beffroi::forecast
