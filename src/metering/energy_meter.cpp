#include "metering/energy_meter.h"

#include <memory>

#include "metering/energy.h"
#include "metering/gpu_energy.h"

namespace beffroi::metering {

std::function<std::optional<double>()> energy_meter() {
  struct Meter {
    std::optional<EnergyCounter> processors = EnergyCounter::open();
    std::optional<GpuEnergy> cards = GpuEnergy::open();
    std::optional<EnergyCounter::Sample> last;
    double drawn = 0;
  };
  const auto meter = std::make_shared<Meter>();
  if (!meter->processors && !meter->cards) return {};
  return [meter]() -> std::optional<double> {
    double total = 0;
    if (meter->processors) {
      auto now = meter->processors->sample();
      if (!now) return std::nullopt;
      if (meter->last) meter->drawn += meter->processors->joules(*meter->last, *now).value_or(0);
      meter->last = std::move(now);
      total += meter->drawn;
    }
    if (meter->cards) {
      const auto drawn = meter->cards->joules();
      if (!drawn) return std::nullopt;
      total += *drawn;
    }
    return total;
  };
}

}  // namespace beffroi::metering
