// The energy that the processors of this machine drew, by their own counter (RAPL, package domain), when there is one that may be read.
//
// It is the energy of whole processors: whatever else ran meanwhile is in it; memory chips, disks, fans and the power supply are not.
// Virtual machines have none, and recent kernels show it to root only: then open() gives nothing, and the energy is « inconnue », not 0.
// Thread-safe: reading changes nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

namespace beffroi::metering {

class EnergyCounter {
 public:
  struct Sample {
    std::vector<std::uint64_t> microjoules;  // of each processor
    std::chrono::steady_clock::time_point taken;
  };

  // `powercap`: the kernel's folder, another one in tests.
  [[nodiscard]] static std::optional<EnergyCounter> open(const std::filesystem::path& powercap = "/sys/class/powercap");

  [[nodiscard]] std::size_t processors() const { return packages_.size(); }
  // Nothing when one of the counters cannot be read any more.
  [[nodiscard]] std::optional<Sample> sample() const;
  // Drawn between two samples, `before` taken first. Counters that came round once are followed. Nothing when the samples are so far
  // apart that one could have come round unseen (some minutes to some hours), or are not of this counter.
  [[nodiscard]] std::optional<double> joules(const Sample& before, const Sample& after) const;

 private:
  struct Package {
    std::filesystem::path energy;      // its energy_uj
    std::uint64_t range_microjoules;   // where it comes back to 0
  };
  explicit EnergyCounter(std::vector<Package> packages) : packages_(std::move(packages)) {}

  std::vector<Package> packages_;
};

}  // namespace beffroi::metering
