// The estimate of EcoLogits 0.9.3 (mlco2/ecologits, method under CC BY-SA 4.0): what a request would have cost on a data centre's
// H100 servers. An estimate by a formula, not a measure of this machine: it ignores what the model reads, knows neither processors nor
// idleness, and its versions cannot be compared (44 times between 0.8.2 and 0.9.3). So each figure goes with `method`.
// Pure functions: any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace beffroi::metering {

struct ModelSize {
  double active_params_b = 0;   // parameters used for each token, in 10^9
  double total_params_b = 0;    // parameters held in memory, in 10^9
  int bits_per_param = 16;
};

struct Hosting {
  double batch = 64;                  // requests served together
  double pue = 1.15;                  // energy of the data centre for one of its computers
  double gwp_kg_per_kwh = 0.04418;    // of the electricity; France
};

struct EcoEstimate {
  std::string_view method;   // « EcoLogits 0.9.3 »
  int gpus = 0;
  double gpu_kwh = 0;        // of one GPU
  double latency_s = 0;
  double energy_kwh = 0;     // of the request, the data centre's overheads included
  double gwp_use_kg = 0;     // kg of CO2 equivalent, from the electricity
  double gwp_embodied_kg = 0;  // the share of the making of the servers
};

// `generated_tokens`: nothing when the upstream did not say. No figure when a size or a count is unknown (0, negative, not a number) or
// does not hold together (fewer parameters in all than active): an unknown cost is not 0.
[[nodiscard]] std::optional<EcoEstimate> ecologits(const ModelSize& model, std::optional<std::int64_t> generated_tokens,
                                                   const Hosting& hosting = {}, std::optional<double> measured_latency_s = std::nullopt);

}  // namespace beffroi::metering
