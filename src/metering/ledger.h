// What requests cost: counted in memory since the program started (Ledger), and kept a row a request in the commune's own file
// (lines.h). No question, no answer, no visitor: a commune, a service, a model and numbers.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "llm/usage.h"

namespace beffroi::metering {

// One request. An empty usage.model: answered without a model.
struct Line {
  std::string commune;
  std::string service;  // « assistant », « rewording »…
  llm::Usage usage;
};

struct Totals {
  std::int64_t requests = 0;
  std::int64_t without_model = 0;
  std::int64_t prompt_tokens = 0;
  std::int64_t reused_tokens = 0;
  std::int64_t generated_tokens = 0;
  std::int64_t tokens_unknown = 0;   // requests whose upstream did not say: their tokens are not in the three counts
  double cpu_s = 0;
  double wall_s = 0;
  double measured_joules = 0;        // of the requests that a counter measured
  std::int64_t measured = 0;         // how many

  void add(const llm::Usage& usage);
  // Of all requests that ran a model; nothing when one of them was not measured. 0 when none ran a model.
  [[nodiscard]] std::optional<double> joules() const;
};

// Thread-safe.
class Ledger {
 public:
  struct Report {
    std::chrono::system_clock::time_point since;
    Totals all;
    std::map<std::string, Totals> by_commune;
    std::map<std::string, Totals> by_model;  // "" : without a model
    double worker_cpu_s = 0;                 // of the worker processes, whatever they did
    double idle_cpu_s = 0;                   // of it, what no request asked for: loading, waiting, preloading
  };

  Ledger();
  void add(const Line& line);
  // What a worker process has used since it began (process_cpu.h). Called now and then and before report(); a process that began anew
  // has another pid. Nothing is lost but what it used after the last call and before its death.
  void saw_worker(const std::string& role, int pid, double cpu_s);
  [[nodiscard]] Report report() const;

 private:
  struct Worker {
    int pid = 0;
    double cpu_s = 0;
  };
  mutable std::mutex mutex_;
  Report kept_;  // but for idle_cpu_s
  std::map<std::string, Worker> workers_;
};

}  // namespace beffroi::metering
