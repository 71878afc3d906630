#include "metering/energy.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <string>
#include <system_error>

namespace beffroi::metering {

namespace {

constexpr std::string_view kRegisters = "intel-rapl:";  // also on AMD's processors
constexpr std::string_view kMemoryMapped = "intel-rapl-mmio:";  // the same counters by another way: counted once
constexpr double kMostWatts = 1000;  // that one processor draws, to know when a counter may have come round

std::optional<std::uint64_t> number_in(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::uint64_t number = 0;
  if (!(in >> number)) return std::nullopt;
  return number;
}

std::string name_in(const std::filesystem::path& zone) {
  std::ifstream in(zone / "name");
  std::string name;
  std::getline(in, name);
  return name;
}

// Whole processors only: « intel-rapl:0 » is one, « intel-rapl:0:0 » is a part of it.
bool is_top_zone(std::string_view zone, std::string_view prefix) {
  return zone.starts_with(prefix) && zone.find(':', prefix.size()) == std::string_view::npos;
}

}  // namespace

std::optional<EnergyCounter> EnergyCounter::open(const std::filesystem::path& powercap) {
  std::map<std::string, std::filesystem::path> packages;  // by name: package-0, package-1…
  for (const std::string_view prefix : {kRegisters, kMemoryMapped}) {
    std::error_code fault;
    for (std::filesystem::directory_iterator zone(powercap, fault), end; !fault && zone != end; zone.increment(fault)) {
      if (!is_top_zone(zone->path().filename().string(), prefix)) continue;
      // « psys » is the whole machine and holds the packages: not to be added to them.
      if (const std::string name = name_in(zone->path()); name.starts_with("package-")) packages.emplace(name, zone->path());
    }
  }
  std::vector<Package> found;
  for (const auto& [name, zone] : packages) {
    const auto range = number_in(zone / "max_energy_range_uj");
    if (!range || *range == 0) return std::nullopt;
    found.push_back({zone / "energy_uj", *range});
  }
  EnergyCounter counter(std::move(found));
  if (counter.packages_.empty() || !counter.sample()) return std::nullopt;
  return counter;
}

std::optional<EnergyCounter::Sample> EnergyCounter::sample() const {
  Sample sample;
  for (const Package& package : packages_) {
    const auto energy = number_in(package.energy);
    if (!energy) return std::nullopt;  // a sum without one of them would be false
    sample.microjoules.push_back(*energy);
  }
  sample.taken = std::chrono::steady_clock::now();
  return sample;
}

std::optional<double> EnergyCounter::joules(const Sample& before, const Sample& after) const {
  if (before.microjoules.size() != packages_.size() || after.microjoules.size() != packages_.size()) return std::nullopt;
  const double elapsed_s = std::chrono::duration<double>(after.taken - before.taken).count();
  if (elapsed_s < 0) return std::nullopt;
  double microjoules = 0;
  for (std::size_t i = 0; i < packages_.size(); ++i) {
    const std::uint64_t range = packages_[i].range_microjoules;
    if (elapsed_s * kMostWatts * 1e6 >= static_cast<double>(range)) return std::nullopt;
    const std::uint64_t from = before.microjoules[i];
    const std::uint64_t to = after.microjoules[i];
    if (from > range || to > range) return std::nullopt;
    microjoules += static_cast<double>(to >= from ? to - from : range - from + to);
  }
  return microjoules * 1e-6;
}

}  // namespace beffroi::metering
