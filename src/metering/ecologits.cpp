#include "metering/ecologits.h"

#include <algorithm>
#include <cmath>

namespace beffroi::metering {

namespace {

constexpr std::string_view kMethod = "EcoLogits 0.9.3";

// Energy of a GPU for a token, in Wh: (alpha · exp(beta · batch) · active + gamma).
constexpr double kEnergyAlpha = 1.1665273170451914e-06;
constexpr double kEnergyBeta = -0.011205921025579175;
constexpr double kEnergyGamma = 4.052928146734005e-05;
// Time of a token, in seconds: active · a + batch · b + c.
constexpr double kLatencyActive = 0.0006785088094353663;
constexpr double kLatencyBatch = 0.0003119310311688259;
constexpr double kLatencyBase = 0.019473717579473387;

constexpr double kMemoryOverhead = 1.2;
constexpr double kGpuMemoryGb = 80;
constexpr double kServerKw = 1.2;         // without its GPUs
constexpr double kGpusPerServer = 8;
constexpr double kServerEmbodiedKg = 5700;
constexpr double kGpuEmbodiedKg = 164;
constexpr double kLifetimeS = 3.0 * 365 * 86400;
constexpr double kMostGpus = 1 << 20;     // above it the sizes are nonsense

bool is_known(double value) { return std::isfinite(value) && value > 0; }

bool holds_together(const ModelSize& model, const Hosting& hosting) {
  return is_known(model.active_params_b) && is_known(model.total_params_b) && model.active_params_b <= model.total_params_b &&
         model.bits_per_param > 0 && is_known(hosting.batch) && is_known(hosting.pue) && hosting.pue >= 1 &&
         is_known(hosting.gwp_kg_per_kwh);
}

// A power of two, as the servers are cut.
double gpus_for(const ModelSize& model) {
  const double memory_gb = kMemoryOverhead * model.total_params_b * model.bits_per_param / 8;
  return std::exp2(std::ceil(std::log2(std::ceil(memory_gb / kGpuMemoryGb))));
}

}  // namespace

std::optional<EcoEstimate> ecologits(const ModelSize& model, std::optional<std::int64_t> generated_tokens, const Hosting& hosting,
                                     std::optional<double> measured_latency_s) {
  if (!generated_tokens || *generated_tokens < 0 || !holds_together(model, hosting)) return std::nullopt;
  if (measured_latency_s && !is_known(*measured_latency_s)) return std::nullopt;
  const double gpus = gpus_for(model);
  if (!(gpus <= kMostGpus)) return std::nullopt;
  const auto tokens = static_cast<double>(*generated_tokens);

  EcoEstimate estimate;
  estimate.method = kMethod;
  estimate.gpus = static_cast<int>(gpus);
  estimate.gpu_kwh = tokens * (kEnergyAlpha * std::exp(kEnergyBeta * hosting.batch) * model.active_params_b + kEnergyGamma) / 1000;
  estimate.latency_s = tokens * (kLatencyActive * model.active_params_b + kLatencyBatch * hosting.batch + kLatencyBase);
  if (measured_latency_s) estimate.latency_s = std::min(estimate.latency_s, *measured_latency_s);

  const double share_of_server = gpus / kGpusPerServer;
  const double server_kwh = estimate.latency_s / 3600 * kServerKw * share_of_server / hosting.batch;
  estimate.energy_kwh = hosting.pue * (server_kwh + gpus * estimate.gpu_kwh);
  estimate.gwp_use_kg = estimate.energy_kwh * hosting.gwp_kg_per_kwh;
  estimate.gwp_embodied_kg =
      estimate.latency_s / (kLifetimeS * hosting.batch) * (share_of_server * kServerEmbodiedKg + gpus * kGpuEmbodiedKg);
  return estimate;
}

}  // namespace beffroi::metering
