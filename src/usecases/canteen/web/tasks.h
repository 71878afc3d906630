// Forecasts under way: one a commune, in the background, with their progress. In memory: a restart forgets those that were not finished.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/result.h"

namespace beffroi::canteen {

struct TaskState {
  enum class Phase { running, done, failed, stopped };
  Phase phase = Phase::running;
  int done = 0, total = 1;
  std::string words;  // French: what was done, or why not
};

// Thread-safe. Stops what runs and waits for it when it goes.
class Tasks {
 public:
  using Report = std::function<void(int done, int total)>;
  using Work = std::function<Result<std::string>(const Report&, const std::stop_token&)>;

  Tasks() = default;
  Tasks(const Tasks&) = delete;
  Tasks& operator=(const Tasks&) = delete;
  ~Tasks();

  // Code::busy while one runs for that commune, or too many run for others.
  [[nodiscard]] Status start(const std::string& commune, Work work);
  // Asked to stop; it does so between two steps.
  void stop(const std::string& commune);
  // Of the last one; empty when there was none.
  [[nodiscard]] std::optional<TaskState> state(const std::string& commune) const;

 private:
  struct Task {
    TaskState state;
    std::jthread thread;
  };
  void run(const std::string& commune, const Work& work, const std::stop_token& stop);

  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<Task>> tasks_;
};

}  // namespace beffroi::canteen
