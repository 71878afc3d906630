#include "jobs/runner.h"

#include <chrono>
#include <exception>
#include <typeinfo>
#include <utility>

#include "base/log.h"

namespace beffroi::jobs {

namespace {

constexpr std::int64_t kBetweenReports_ms = 500;

// Renews the lease until destroyed, and asks the handler to stop when it must.
class Lease {
 public:
  Lease(const Job& job, const Source& source, const Worker& worker) : job_(job), source_(source), worker_(worker) {
    thread_ = std::jthread([this](std::stop_token over) { run(std::move(over)); });
  }

  [[nodiscard]] std::stop_source& stop() { return stop_; }

 private:
  void run(std::stop_token over) {
    std::mutex mutex;
    std::condition_variable_any ended;
    std::int64_t held_until_ms = job_.lease_until_ms;
    const auto never = [] { return false; };
    const auto pause = std::chrono::milliseconds(worker_.lease_ms / 3);
    for (std::unique_lock lock(mutex); !ended.wait_for(lock, over, pause, never) && !over.stop_requested();) {
      const auto order = renew();
      if (order && *order == Order::go_on) {
        held_until_ms = now_ms() + worker_.lease_ms;
      } else if (order || now_ms() >= held_until_ms) {
        // Asked to stop, or the job may be another's by now.
        stop_.request_stop();
        if (!order || *order == Order::lost) return;
      }
    }
  }

  Result<Order> renew() {
    db::Database database = BEFFROI_TRY(source_.open());
    return Queue(database).renew(job_, worker_);
  }

  const Job& job_;
  const Source& source_;
  const Worker& worker_;
  std::stop_source stop_;
  std::jthread thread_;
};

Status guarded(const Handler& handler, Work& work, std::stop_token stop) {
  try {
    return handler(work, std::move(stop));
  } catch (const std::exception& fault) {
    // Its words may hold what it was working on; its type cannot.
    return fail(Code::internal, "Le travail a rencontré une erreur de Beffroi\u00a0: signalez-la.", typeid(fault).name());
  }
}

}  // namespace

void Work::report(double progress, std::string_view line) {
  if (now_ms() - reported_ms_ < kBetweenReports_ms) return;
  reported_ms_ = now_ms();
  auto database = source_->open();
  // A sentence not written is no reason to stop working; the lease tells whether the job is still ours.
  if (database) static_cast<void>(Queue(*database).report(*job_, progress, line));
}

Runner::Runner(Duties duties) : duties_(std::move(duties)) {
  worker_ = {duties_.name, {}, duties_.lease_ms};
  for (const auto& [kind, handler] : duties_.handlers) worker_.kinds.push_back(kind);
  thread_ = std::jthread([this](std::stop_token stop) { run(std::move(stop)); });
}

Runner::~Runner() {
  thread_.request_stop();
  thread_.join();
}

void Runner::wake() {
  const std::lock_guard lock(mutex_);
  wanted_ = true;
  woken_.notify_all();
}

void Runner::pause(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  woken_.wait_for(lock, stop, std::chrono::milliseconds(duties_.pause_ms), [this] { return wanted_; });
  wanted_ = false;
}

void Runner::run(std::stop_token stop) {
  while (!stop.stop_requested()) {
    bool found = false;
    // One job each, then the next: a commune with many does not make the others wait.
    for (const Source& source : duties_.sources()) {
      if (stop.stop_requested()) return;
      found = serve(source, stop) || found;
    }
    if (!found) pause(stop);
  }
}

bool Runner::serve(const Source& source, std::stop_token stop) {
  std::optional<Job> job;
  {
    auto database = source.open();
    auto taken = database ? Queue(*database).take(worker_) : tl::unexpected(std::move(database).error());
    if (!taken) {
      if (taken.error().code != Code::busy) log::warn("job_not_taken", {{"source", source.name}, {"why", taken.error().detail}});
      return false;
    }
    job = std::move(*taken);
  }
  if (!job) return false;
  perform(*job, source, std::move(stop));
  return true;
}

void Runner::perform(const Job& job, const Source& source, std::stop_token stop) {
  Status outcome;
  {
    Lease lease(job, source, worker_);
    const std::stop_callback leaving(stop, [&lease] { lease.stop().request_stop(); });
    Work work(job, source);
    outcome = guarded(duties_.handlers.at(job.kind), work, lease.stop().get_token());
  }
  settle(job, source, outcome, stop.stop_requested());
}

// When the database cannot be told, the lease ends and the job is done again.
void Runner::settle(const Job& job, const Source& source, const Status& outcome, bool leaving) {
  const auto tell = [&]() -> Result<Order> {
    db::Database database = BEFFROI_TRY(source.open());
    Queue queue(database);
    if (outcome) return queue.finish(job);
    if (outcome.error().code != Code::cancelled) return queue.fail(job, outcome.error());
    return leaving ? queue.give_back(job) : queue.stopped(job);
  };
  const auto told = tell();
  const std::string number = std::to_string(job.id);
  if (!told) {
    log::warn("job_outcome_not_kept", {{"source", source.name}, {"job", number}, {"why", told.error().detail}});
  } else if (!outcome && outcome.error().code != Code::cancelled) {
    log::warn("job_failed", {{"source", source.name}, {"job", number}, {"kind", job.kind}, {"why", outcome.error().detail}});
  } else {
    log::info("job_over", {{"source", source.name}, {"job", number}, {"kind", job.kind}});
  }
}

}  // namespace beffroi::jobs
