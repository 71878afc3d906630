#include "llm/worker/host.h"

#include <fmt/format.h>
#include <sys/resource.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "base/log.h"
#include "llm/worker/messages.h"
#include "proc/service.h"

namespace beffroi::llm::worker {

namespace {

// One request: the engine's call in a thread of its own, what it says sent from here, and a sign of life each time the engine went
// further, within a step too: a slow machine takes minutes for one. A request that only waits for a hung engine is silent.
class Session {
 public:
  Session(llama::Engine& engine, proc::Reply& reply, const std::stop_token& stop) : engine_(engine), reply_(reply), stop_(stop) {}

  Status run(const Request& request) {
    std::jthread caller([&] { call(request); });
    std::uint64_t seen = engine_.operations();
    std::unique_lock lock(mutex_);
    while (true) {
      news_.wait_for(lock, std::chrono::seconds(1), [&] { return done_ || !said_.empty(); });
      const std::string piece = std::exchange(said_, {});
      const bool done = done_;
      lock.unlock();
      if (!piece.empty()) BEFFROI_CHECK(reply_.part(encode_piece(piece)));
      if (done) break;
      if (const std::uint64_t now = engine_.operations(); now != seen) {
        seen = now;
        reply_.alive();
      }
      lock.lock();
    }
    if (fault_) return tl::unexpected(*fault_);
    return end_.empty() ? Status{} : reply_.part(end_);
  }

 private:
  void call(const Request& request) {
    if (const auto* chat = std::get_if<ChatRequest>(&request)) {
      finish(engine_.write(*chat, [&](std::string_view piece) { return say(piece); }, stop_));
    } else if (const auto* choosing = std::get_if<ChoosingRequest>(&request)) {
      finish(engine_.choose(*choosing, stop_));
    } else {
      engine_.preload(std::get<PreloadRequest>(request).passages, stop_);
      finish(Result<Choosing>(Choosing{}));
    }
  }

  bool say(std::string_view piece) {
    const std::lock_guard lock(mutex_);
    said_ += piece;
    news_.notify_one();
    return true;
  }

  template <class T>
  void finish(const Result<T>& result) {
    const std::lock_guard lock(mutex_);
    if (result) end_ = encode_end(*result);
    else fault_ = result.error();
    done_ = true;
    news_.notify_one();
  }

  llama::Engine& engine_;
  proc::Reply& reply_;
  const std::stop_token& stop_;
  std::mutex mutex_;
  std::condition_variable news_;
  std::string said_;
  std::string end_;
  std::optional<Error> fault_;
  bool done_ = false;
};

// What was computed beforehand is held to: an engine that grows beyond it ends and is started again, before the machine swaps or the kernel
// chooses whom to end. A quarter more for what no formula tells, and the stacks of threads, which are reserved whole.
void keep_to(const llama::MemoryNeed& need) {
  const rlim_t most = need.total() + need.total() / 4 + (256ULL << 20);
  const rlimit limit{most, most};
  if (::setrlimit(RLIMIT_DATA, &limit) != 0) log::warn("engine_memory", {{"detail", "no limit could be set"}});
  else log::info("engine_memory", {{"need_mb", fmt::format("{}", need.total() >> 20)}, {"limit_mb", fmt::format("{}", most >> 20)}});
}

}  // namespace

Status host(const llama::EngineOptions& options) {
  proc::FrameChannel channel = BEFFROI_TRY(proc::FrameChannel::of_child());
  auto engine = llama::Engine::open(options);
  if (!engine) return proc::refuse(channel, engine.error());
  keep_to((*engine)->memory());
  const auto handle = [&](std::string_view message, proc::Reply& reply, const std::stop_token& stop) -> Status {
    const Request request = BEFFROI_TRY(decode_request(message));
    return Session(**engine, reply, stop).run(request);
  };
  return proc::serve(channel, handle, kMostAtOnce);
}

}  // namespace beffroi::llm::worker
