/* A made NVML for tests: two cards that draw 1.5 J each time they are read; BEFFROI_MADE_NVML=broken: the second has no counter. */
#include <stdlib.h>
#include <string.h>

static unsigned long long drawn[2] = {1000, 2000};
static int is_broken(void) {
  const char* kind = getenv("BEFFROI_MADE_NVML");
  return kind != NULL && strcmp(kind, "broken") == 0;
}
int nvmlInit_v2(void) { return 0; }
int nvmlShutdown(void) { return 0; }
int nvmlDeviceGetCount_v2(unsigned* count) { return *count = 2, 0; }
int nvmlDeviceGetHandleByIndex_v2(unsigned index, void** card) { return *card = &drawn[index], 0; }
int nvmlDeviceGetTotalEnergyConsumption(void* card, unsigned long long* millijoules) {
  unsigned long long* of_card = card;
  if (of_card == &drawn[1] && is_broken()) return 3;
  return *millijoules = *of_card += 1500, 0;
}
