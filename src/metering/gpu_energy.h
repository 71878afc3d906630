// The energy that the NVIDIA cards of this machine drew, by NVML's counter (cards since Volta), when its library is installed.
//
// It is the energy of whole cards: whatever else ran on them meanwhile is in it. Thread-safe.
// Source: NVML API reference, nvmlDeviceGetTotalEnergyConsumption (millijoules since the driver was loaded).
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace beffroi::metering {

class GpuEnergy {
 public:
  // Nothing without the library, without a card, or when one of the cards has no counter: a sum without it would be false.
  [[nodiscard]] static std::optional<GpuEnergy> open(const std::string& library = "libnvidia-ml.so.1");

  [[nodiscard]] std::size_t cards() const;
  // Joules of all cards, from a moment of their own; nothing when one cannot be read any more.
  [[nodiscard]] std::optional<double> joules() const;

 private:
  struct Library;
  explicit GpuEnergy(std::shared_ptr<const Library> library) : library_(std::move(library)) {}
  std::shared_ptr<const Library> library_;
};

}  // namespace beffroi::metering
