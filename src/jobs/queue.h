// Work that must be done even if the machine stops: kept in a database, taken by one worker at a time, tried again after a fault.
//
//   waiting → running → done
//                     → waiting again   (a fault that may pass, or the worker died: its lease ends)
//                     → failed          (another fault, or too many attempts)
//   waiting, running  → stopped         (a person asked)
//
// A worker holds a job by a lease that it must renew; what it says once the lease has gone to another is refused (Order::lost).
// Several processes and nodes may take from the same database: no job is taken twice at a time. A job may be begun twice: what it does
// must bear it. Leases are read on the clocks of the nodes: keep them within some seconds of each other.
//
// No personal data: `line` and `error` are shown to administrators and stay after the work. A payload names things by their numbers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "db/database.h"

namespace beffroi::jobs {

// The tables of the room, numbers 50 to 59.
[[nodiscard]] std::span<const db::Migration> migrations();

enum class State { waiting, running, done, failed, stopped };

[[nodiscard]] std::string_view name_of(State state);

struct NewJob {
  std::string kind = {};          // which handler, « compliance.purge »
  std::string payload = {};       // what the handler needs, in its own words
  std::int64_t run_after_ms = 0;  // not before
  int attempts = 3;               // 1 or more
};

struct Job {
  std::int64_t id = 0;
  std::string kind, payload;
  State state = State::waiting;
  int attempts = 0;      // begun since it was made or retried
  int max_attempts = 0;
  std::int64_t turn = 0;  // times it was ever taken: tells a lease from the former ones
  double progress = 0;   // 0 to 1
  std::string line;      // where it is, a French sentence
  std::string error;     // why it last failed, a French sentence
  std::string owner;     // the worker that holds it or last held it
  std::int64_t created_ms = 0, run_after_ms = 0, lease_until_ms = 0, finished_ms = 0;
  bool stop_requested = false;
};

// Who takes, what they can do, for how long a lease holds unless renewed.
struct Worker {
  std::string name;
  std::vector<std::string> kinds;
  std::int64_t lease_ms = 60'000;
};

enum class Order {
  go_on,
  stop,  // a person asked: stop soon, then give the job back with stopped()
  lost,  // the job is no longer this worker's: stop at once, say nothing more
};

// Serves one thread at a time, like its database.
class Queue {
 public:
  explicit Queue(db::Database& database, Clock clock = now_ms) : database_(&database), clock_(std::move(clock)) {}

  // Its number. Code::invalid_argument without a kind, or without an attempt.
  [[nodiscard]] Result<std::int64_t> add(const NewJob& job);
  [[nodiscard]] Result<std::optional<Job>> find(std::int64_t id);
  // The latest first.
  [[nodiscard]] Result<std::vector<Job>> list(int limit);
  // How many in each state; a state that none is in is left out.
  [[nodiscard]] Result<std::map<State, std::int64_t>> counts();

  // The oldest that is due; none: nothing to do. Jobs whose worker died are put back first, or fail when they have no attempt left.
  [[nodiscard]] Result<std::optional<Job>> take(const Worker& worker);

  // By the worker that took `job`. Renews the lease for worker.lease_ms.
  [[nodiscard]] Result<Order> renew(const Job& job, const Worker& worker);
  // `progress` is brought between 0 and 1.
  [[nodiscard]] Result<Order> report(const Job& job, double progress, std::string_view line);
  [[nodiscard]] Result<Order> finish(const Job& job);
  // A fault that may pass (busy, timeout, unavailable, storage) gives the job another attempt, later and later; others do not.
  [[nodiscard]] Result<Order> fail(const Job& job, const Error& error);
  [[nodiscard]] Result<Order> stopped(const Job& job);
  // The worker goes away, the job is not at fault: back to the queue, the attempt is not counted.
  [[nodiscard]] Result<Order> give_back(const Job& job);

  // By a person. A waiting job is stopped at once, a running one as soon as its worker hears of it; Code::not_found, Code::conflict
  // when it is over.
  [[nodiscard]] Status stop(std::int64_t id);
  // Once more, from the first attempt: a job that failed or was stopped. Code::not_found, Code::conflict when it is neither.
  [[nodiscard]] Status retry(std::int64_t id);
  // Erases those that ended before; how many.
  [[nodiscard]] Result<std::int64_t> forget(std::int64_t ended_before_ms);

 private:
  [[nodiscard]] Result<bool> anything_due();
  [[nodiscard]] Status put_back_orphans();

  db::Database* database_;
  Clock clock_;
};

}  // namespace beffroi::jobs
