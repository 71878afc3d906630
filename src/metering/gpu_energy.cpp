#include "metering/gpu_energy.h"

#include <dlfcn.h>

#include <vector>

namespace beffroi::metering {

// NVML's own types, of its stable binary interface: every function gives 0 when it went well.
struct GpuEnergy::Library {
  using Card = void*;
  void* handle = nullptr;
  int (*shutdown)() = nullptr;
  int (*energy)(Card, unsigned long long*) = nullptr;
  std::vector<Card> cards;

  ~Library() {
    if (shutdown != nullptr) shutdown();
    if (handle != nullptr) ::dlclose(handle);
  }

  template <class Function>
  bool find(Function& function, const char* name) {
    function = reinterpret_cast<Function>(::dlsym(handle, name));
    return function != nullptr;
  }

  bool load(const std::string& file) {
    handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (handle == nullptr) return false;
    int (*start)() = nullptr;
    int (*count)(unsigned*) = nullptr;
    int (*card_at)(unsigned, Card*) = nullptr;
    int (*stop)() = nullptr;
    if (!find(start, "nvmlInit_v2") || !find(stop, "nvmlShutdown") || !find(count, "nvmlDeviceGetCount_v2") ||
        !find(card_at, "nvmlDeviceGetHandleByIndex_v2") || !find(energy, "nvmlDeviceGetTotalEnergyConsumption")) {
      return false;
    }
    if (start() != 0) return false;
    shutdown = stop;
    unsigned number = 0;
    if (count(&number) != 0 || number == 0) return false;
    for (unsigned i = 0; i < number; ++i) {
      Card card = nullptr;
      unsigned long long millijoules = 0;
      if (card_at(i, &card) != 0 || energy(card, &millijoules) != 0) return false;
      cards.push_back(card);
    }
    return true;
  }
};

std::optional<GpuEnergy> GpuEnergy::open(const std::string& library) {
  auto loaded = std::make_shared<Library>();
  if (!loaded->load(library)) return std::nullopt;
  return GpuEnergy(std::move(loaded));
}

std::size_t GpuEnergy::cards() const { return library_->cards.size(); }

std::optional<double> GpuEnergy::joules() const {
  double total = 0;
  for (const Library::Card card : library_->cards) {
    unsigned long long millijoules = 0;
    if (library_->energy(card, &millijoules) != 0) return std::nullopt;
    total += static_cast<double>(millijoules) / 1000;
  }
  return total;
}

}  // namespace beffroi::metering
