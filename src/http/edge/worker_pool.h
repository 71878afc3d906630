// A fixed number of threads and a bounded queue: what does not fit is refused at once, never kept waiting without end.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace beffroi::http {

class WorkerPool {
 public:
  using Job = std::function<void()>;  // must not throw

  WorkerPool(std::size_t threads, std::size_t queue_limit);
  ~WorkerPool();  // finish()
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full or the pool is finishing: the job was not taken.
  [[nodiscard]] bool try_submit(Job job);
  // Runs what is queued, then returns when every thread has ended.
  void finish();

 private:
  void work();

  std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> queue_;
  bool finishing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace beffroi::http
