// A fixed number of threads and a bounded queue, shared fairly between parties (the communes): a flood from one costs the others as little
// as the machine allows.
//
// - Turns go round the parties that have something waiting; inside one, first come, first served.
// - As long as another party was seen within `recent`, one party works on all cores but one, and holds half of the threads at most: a
//   request of another finds both at once. A thread that waits for a model (base/waiting.h) is held but does not work.
// - What does not fit in the queue is refused at once: the newcomer, or the last of the party that has most waiting, when that one has at
//   least two more than the newcomer's. So a flood fills the queue with nobody but itself.
// Thread-safe.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/last_seen.h"

namespace beffroi::http {

class WorkerPool {
 public:
  struct Size {
    std::size_t threads = 1;
    std::size_t queue_limit = 256;
    std::size_t cores = 1;
    std::chrono::milliseconds recent = std::chrono::seconds(60);
  };
  // Neither may throw. Exactly one of them is called, unless try_submit() says false.
  struct Job {
    std::string party;
    std::function<void()> run;      // on a thread of the pool
    std::function<void()> refused;  // pushed out of the queue by another party's newcomer, in the newcomer's thread
  };

  explicit WorkerPool(const Size& size);
  ~WorkerPool();  // finish()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool is finishing: the job was not taken.
  [[nodiscard]] bool try_submit(Job job);
  // Runs what is queued, then returns when every thread has ended.
  void finish();

 private:
  struct Line {
    std::deque<Job> jobs;
    std::size_t held = 0;     // threads
    std::size_t working = 0;  // of them, those that do not wait for something else
  };
  using Lines = std::map<std::string, Line, std::less<>>;

  class Seat;  // a thread at work for a party

  void work();
  [[nodiscard]] bool may_run(const Lines::value_type& line) const;
  [[nodiscard]] bool any_may_run() const;
  [[nodiscard]] std::optional<Job> take();
  [[nodiscard]] std::optional<Job> make_room_for(const std::string& party);
  void wake_if_useful();

  const Size size_;
  std::mutex mutex_;
  std::condition_variable changed_;
  Lines lines_;                    // of the parties that have something waiting or at work
  std::deque<std::string> turns_;  // those that have something waiting, the next one first
  std::size_t queued_ = 0;
  LastSeen parties_;
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace beffroi::http
