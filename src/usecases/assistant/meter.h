// What answering costs: every request counted since the start, and kept a row a request in the commune's own file. Thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "answers/answer.h"
#include "llm/usage.h"
#include "metering/ecologits.h"
#include "metering/ledger.h"
#include "tenants/tenant.h"

namespace beffroi::assistant {

class FeedbackStore;

class Meter {
 public:
  // A process of the engine: its id and what it used since it began; nothing when none runs.
  struct Worker {
    int pid = 0;
    double cpu_s = 0;
  };
  using LookAtWorker = std::function<std::optional<Worker>()>;

  Meter(tenants::Tenant tenant, LookAtWorker worker, std::optional<metering::ModelSize> size);

  // A fault of the disk is logged and fails nothing. An empty usage.model: answered without a model.
  void add(std::string_view service, const llm::Usage& usage);

  [[nodiscard]] metering::Ledger::Report report();
  // Of the model at home, for so many tokens; nothing when its size is not known.
  [[nodiscard]] std::optional<metering::EcoEstimate> estimate(std::int64_t generated_tokens) const;

 private:
  const tenants::Tenant tenant_;
  const LookAtWorker worker_;
  const std::optional<metering::ModelSize> size_;
  metering::Ledger ledger_;
};

// Nothing when `meter` is null.
void count(Meter* meter, std::string_view service, const llm::Usage& usage);

// What an answer cost, and the route it took; either may be null.
void count(Meter* meter, FeedbackStore* feedback, const answers::Answer& answer);

}  // namespace beffroi::assistant
