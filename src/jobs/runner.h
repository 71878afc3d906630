// Does the jobs of many databases, one at a time, on a thread of its own. Several runners, in one process or on several nodes, share them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"
#include "db/database.h"
#include "jobs/queue.h"

namespace beffroi::jobs {

// A database that holds jobs, « the commune saint-jean ».
struct Source {
  std::string name;  // for the log
  std::function<Result<db::Database>()> open;
};

// The job in hand, for its handler's thread.
class Work {
 public:
  Work(const Job& job, const Source& source) : job_(&job), source_(&source) {}

  [[nodiscard]] const Job& job() const { return *job_; }
  [[nodiscard]] const Source& source() const { return *source_; }
  // Shown to administrators: 0 to 1, and a French sentence without personal data. Written twice a second at most.
  void report(double progress, std::string_view line);

 private:
  const Job* job_;
  const Source* source_;
  std::int64_t reported_ms_ = 0;
};

// Does the work, and bears being begun again after a half. When the token asks it to stop, it returns Code::cancelled soon. Its error's
// code tells whether trying again makes sense (queue.h), its message says why in French, without personal data.
using Handler = std::function<Status(Work&, std::stop_token)>;

struct Duties {
  std::string name;                                // of the worker, for administrators: « nœud-1 »
  std::map<std::string, Handler> handlers;         // by kind
  std::function<std::vector<Source>()> sources;    // asked at each round: communes come and go
  std::int64_t lease_ms = 60'000;                  // after a crash, others wait that long; renewed three times as often
  std::int64_t pause_ms = 2'000;                   // between two rounds that found nothing
};

class Runner {
 public:
  explicit Runner(Duties duties);
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;
  // Asks the job in hand to stop, waits for it, and gives it back to the queue.
  ~Runner();

  // Looks now instead of after the pause. Any thread.
  void wake();

 private:
  void run(std::stop_token stop);
  // Takes one job and does it; false: there was none.
  [[nodiscard]] bool serve(const Source& source, std::stop_token stop);
  void perform(const Job& job, const Source& source, std::stop_token stop);
  void settle(const Job& job, const Source& source, const Status& outcome, bool leaving);
  void pause(std::stop_token stop);

  Duties duties_;
  Worker worker_;
  std::mutex mutex_;
  std::condition_variable_any woken_;
  bool wanted_ = false;
  std::jthread thread_;  // last: it uses all the rest
};

}  // namespace beffroi::jobs
