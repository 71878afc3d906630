#include "metering/ledger.h"

#include <algorithm>

namespace beffroi::metering {

void Totals::add(const llm::Usage& usage) {
  ++requests;
  without_model += usage.model.empty() ? 1 : 0;
  tokens_unknown += usage.tokens_known ? 0 : 1;
  prompt_tokens += usage.prompt_tokens;
  reused_tokens += usage.reused_tokens;
  generated_tokens += usage.generated_tokens;
  cpu_s += usage.cpu_s;
  wall_s += usage.wall_s;
  if (usage.model.empty() || !usage.joules) return;
  measured_joules += *usage.joules;
  ++measured;
}

std::optional<double> Totals::joules() const {
  if (measured < requests - without_model) return std::nullopt;
  return measured_joules;
}

Ledger::Ledger() { kept_.since = std::chrono::system_clock::now(); }

void Ledger::add(const Line& line) {
  const std::lock_guard lock(mutex_);
  kept_.all.add(line.usage);
  kept_.by_commune[line.commune].add(line.usage);
  kept_.by_model[line.usage.model].add(line.usage);
}

void Ledger::saw_worker(const std::string& role, int pid, double cpu_s) {
  const std::lock_guard lock(mutex_);
  Worker& worker = workers_[role];
  if (worker.pid != pid) worker = {pid, 0};
  kept_.worker_cpu_s += std::max(0.0, cpu_s - worker.cpu_s);
  worker.cpu_s = std::max(worker.cpu_s, cpu_s);
}

Ledger::Report Ledger::report() const {
  const std::lock_guard lock(mutex_);
  Report now = kept_;
  now.idle_cpu_s = std::max(0.0, now.worker_cpu_s - now.all.cpu_s);
  return now;
}

}  // namespace beffroi::metering
