#include "http/edge/worker_pool.h"

#include <algorithm>

#include "base/waiting.h"

namespace beffroi::http {

class WorkerPool::Seat final : public WaitListener {
 public:
  Seat(WorkerPool& pool, Line& line) : pool_(pool), line_(line) { listen_to_waits_of_this_thread(this); }
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;
  ~Seat() override { listen_to_waits_of_this_thread(nullptr); }

  void wait_begins() noexcept override {
    const std::lock_guard lock(pool_.mutex_);
    --line_.working;
    pool_.wake_if_useful();
  }
  // At once, though its place was lent: what was begun ends.
  void wait_ends() noexcept override {
    const std::lock_guard lock(pool_.mutex_);
    ++line_.working;
  }

 private:
  WorkerPool& pool_;
  Line& line_;
};

WorkerPool::WorkerPool(const Size& size) : size_(size) {
  threads_.reserve(size.threads);
  for (std::size_t i = 0; i < size.threads; ++i) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() { finish(); }

bool WorkerPool::try_submit(Job job) {
  std::optional<Job> pushed_out;
  {
    const std::lock_guard lock(mutex_);
    if (finishing_) return false;
    parties_.note(job.party);
    if (queued_ >= size_.queue_limit) {
      pushed_out = make_room_for(job.party);
      if (!pushed_out) return false;
    }
    Line& line = lines_[job.party];
    if (line.jobs.empty()) turns_.push_back(job.party);
    line.jobs.push_back(std::move(job));
    ++queued_;
    wake_if_useful();
  }
  if (pushed_out) pushed_out->refused();
  return true;
}

void WorkerPool::finish() {
  {
    const std::lock_guard lock(mutex_);
    finishing_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    std::optional<Job> job;
    changed_.wait(lock, [&] { return (job = take()).has_value() || finishing_; });
    if (!job) return;
    const auto line = lines_.find(job->party);
    ++line->second.held;
    ++line->second.working;
    wake_if_useful();
    lock.unlock();
    {
      const Seat seat(*this, line->second);
      job->run();
      job.reset();
    }
    lock.lock();
    --line->second.held;
    --line->second.working;
    if (line->second.held == 0 && line->second.jobs.empty()) lines_.erase(line);
  }
}

bool WorkerPool::may_run(const Lines::value_type& line) const {
  if (finishing_ || !parties_.another_than(line.first, size_.recent)) return true;
  const auto but_one = [](std::size_t cores) { return std::max<std::size_t>(1, cores - 1); };
  return line.second.working < but_one(size_.cores) && line.second.held < std::max<std::size_t>(1, size_.threads / 2);
}

bool WorkerPool::any_may_run() const {
  return std::any_of(turns_.begin(), turns_.end(), [this](const std::string& party) { return may_run(*lines_.find(party)); });
}

std::optional<WorkerPool::Job> WorkerPool::take() {
  const auto turn = std::find_if(turns_.begin(), turns_.end(), [this](const std::string& party) { return may_run(*lines_.find(party)); });
  if (turn == turns_.end()) return std::nullopt;
  const std::string party = std::move(*turn);
  turns_.erase(turn);
  Line& line = lines_.find(party)->second;
  Job job = std::move(line.jobs.front());
  line.jobs.pop_front();
  --queued_;
  if (!line.jobs.empty()) turns_.push_back(party);
  return job;
}

std::optional<WorkerPool::Job> WorkerPool::make_room_for(const std::string& party) {
  const auto waiting = [](const Lines::value_type& line) { return line.second.jobs.size(); };
  const auto heaviest =
      std::max_element(lines_.begin(), lines_.end(), [&](const auto& a, const auto& b) { return waiting(a) < waiting(b); });
  const auto own = lines_.find(party);
  const std::size_t already = own == lines_.end() ? 0 : waiting(*own);
  if (heaviest == lines_.end() || waiting(*heaviest) < already + 2) return std::nullopt;
  Job last = std::move(heaviest->second.jobs.back());
  heaviest->second.jobs.pop_back();
  --queued_;
  return last;
}

void WorkerPool::wake_if_useful() {
  if (any_may_run()) changed_.notify_one();
}

}  // namespace beffroi::http
