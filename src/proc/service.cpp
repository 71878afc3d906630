#include "proc/service.h"

#include <exception>
#include <map>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "proc/protocol.h"

namespace beffroi::proc {

namespace {

constexpr std::chrono::milliseconds kBetweenSigns{200};

Status answer(const Handler& handler, std::string_view request, Reply& reply, const std::stop_token& stop) {
  try {
    return handler(request, reply, stop);
  } catch (const std::bad_alloc&) {
    return fail(Code::unavailable, "La mémoire a manqué pour répondre.", "bad_alloc");
  } catch (const std::exception& fault) {
    return fail(Code::internal, "Une erreur interne a empêché de répondre.", fault.what());
  } catch (...) {
    return fail(Code::internal, "Une erreur interne a empêché de répondre.", "unknown exception");
  }
}

// The requests under way, a thread each.
class Office {
 public:
  Office(FrameChannel& channel, const Handler& handler, int most_at_once)
      : channel_(channel), handler_(handler), most_at_once_(static_cast<std::size_t>(most_at_once)) {}

  Status take(Message message) {
    join_finished();
    if (message.kind == Kind::stop) {
      if (const auto found = workers_.find(message.exchange); found != workers_.end()) found->second.request_stop();
      return {};
    }
    if (message.kind != Kind::ask) return fail(Code::bad_input, "Message inattendu.", "unexpected kind");
    if (workers_.size() >= most_at_once_) {
      const Error busy{Code::busy, "Toutes les places sont prises\u00a0: recommencez dans un instant.", "no thread left"};
      return channel_.send(encode(Kind::fault, message.exchange, encode_error(busy)));
    }
    const std::uint64_t exchange = message.exchange;
    workers_[exchange] = std::jthread([this, taken = std::move(message)](const std::stop_token& stop) { work(taken, stop); });
    return {};
  }

 private:
  void work(const Message& message, const std::stop_token& stop) {
    Reply reply(channel_, message.exchange);
    const Status done = answer(handler_, message.body, reply, stop);
    {
      // Before the answer ends: the request that follows it finds the place free.
      const std::lock_guard lock(mutex_);
      finished_.push_back(message.exchange);
    }
    // When the parent is gone there is no one to tell.
    if (done) (void)channel_.send(encode(Kind::end, message.exchange));
    else (void)channel_.send(encode(Kind::fault, message.exchange, encode_error(done.error())));
  }

  void join_finished() {
    std::vector<std::uint64_t> finished;
    {
      const std::lock_guard lock(mutex_);
      finished.swap(finished_);
    }
    for (const std::uint64_t exchange : finished) workers_.erase(exchange);
  }

  FrameChannel& channel_;
  const Handler& handler_;
  const std::size_t most_at_once_;
  std::mutex mutex_;
  std::vector<std::uint64_t> finished_;
  std::map<std::uint64_t, std::jthread> workers_;  // last: joined before what they use goes
};

}  // namespace

Status Reply::part(std::string_view piece) {
  last_sent_ = Clock::now();
  return channel_.send(encode(Kind::part, exchange_, piece));
}

void Reply::alive() {
  const auto now = Clock::now();
  if (now - last_sent_ < kBetweenSigns) return;
  last_sent_ = now;
  (void)channel_.send(encode(Kind::alive, exchange_));  // a parent that left shows at the next part
}

Status serve(FrameChannel& channel, const Handler& handler, int most_at_once) {
  BEFFROI_CHECK(channel.send(encode(Kind::ready, 0)));
  Office office(channel, handler, most_at_once);
  while (true) {
    const auto frame = channel.receive();
    if (!frame) return frame.error().code == Code::unavailable ? Status{} : Status(tl::unexpected(frame.error()));
    BEFFROI_CHECK(office.take(BEFFROI_TRY(decode(*frame))));
  }
}

Status refuse(FrameChannel& channel, const Error& reason) {
  (void)channel.send(encode(Kind::fault, 0, encode_error(reason)));
  return tl::unexpected(reason);
}

}  // namespace beffroi::proc
