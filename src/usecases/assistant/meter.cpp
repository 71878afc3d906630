#include "usecases/assistant/meter.h"

#include <string>
#include <utility>

#include "base/log.h"
#include "db/database.h"
#include "metering/lines.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

Meter::Meter(tenants::Tenant tenant, LookAtWorker worker, std::optional<metering::ModelSize> size)
    : tenant_(std::move(tenant)), worker_(std::move(worker)), size_(size) {}

void Meter::add(std::string_view service, const llm::Usage& usage) {
  const metering::Line line{tenant_.id(), std::string(service), usage};
  ledger_.add(line);
  auto file = tenant_.connect();
  const Status kept = file ? metering::keep(*file, line) : tl::unexpected(file.error());
  if (!kept) log::warn("metering", {{"code", std::string(name_of(kept.error().code))}, {"detail", kept.error().detail}});
}

metering::Ledger::Report Meter::report() {
  if (worker_) {
    if (const auto seen = worker_()) ledger_.saw_worker("llm", seen->pid, seen->cpu_s);
  }
  return ledger_.report();
}

void count(Meter* meter, std::string_view service, const llm::Usage& usage) {
  if (meter != nullptr) meter->add(service, usage);
}

void count(Meter* meter, FeedbackStore* feedback, const answers::Answer& answer) {
  count(meter, "assistant", answer.usage);
  if (feedback == nullptr) return;
  const Status counted = feedback->count(answer.routing);
  if (!counted) log::warn("routes", {{"code", std::string(name_of(counted.error().code))}, {"detail", counted.error().detail}});
}

std::optional<metering::EcoEstimate> Meter::estimate(std::int64_t generated_tokens) const {
  if (!size_) return std::nullopt;
  return metering::ecologits(*size_, generated_tokens);
}

}  // namespace beffroi::assistant
