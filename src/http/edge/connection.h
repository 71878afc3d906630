// One client: reads requests one after the other, gives them to the pool, writes replies in order.
//
// Everything private runs on the connection's strand, except `run`, which is on a thread of the pool while the state is `working` or
// `streaming`. While a handler works the connection still reads: an end of file tells that the client is gone (as most servers take it),
// pipelined bytes wait in a bounded buffer.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <unordered_map>

#include "http/edge/event_ring.h"
#include "http/edge/request_parser.h"
#include "http/edge/transport.h"
#include "http/edge/wire.h"
#include "http/edge/worker_pool.h"
#include "http/server.h"

namespace beffroi::http {

class Connection;

// What the connections share. Outlives them.
struct Door {
  Door(ServerOptions chosen, Router known, std::size_t threads)
      : options(std::move(chosen)),
        router(std::move(known)),
        pool({.threads = threads, .queue_limit = options.queue_limit, .cores = cores()}) {}

  const ServerOptions options;
  const Router router;
  WorkerPool pool;
  std::atomic<bool> stopping{false};
  std::mutex mutex;  // guards `open`
  std::unordered_map<Connection*, std::weak_ptr<Connection>> open;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Socket socket, TlsContext tls, Door& door);
  ~Connection();
  void start();

  // From any thread.
  void stop_soon();  // closes now when idle, after the reply otherwise
  void cut();        // closes now

 private:
  enum class State { opening, idle, receiving, working, replying, streaming, lingering, closed };
  using Clock = std::chrono::steady_clock;
  using Timer = boost::asio::basic_waitable_timer<Clock, boost::asio::wait_traits<Clock>, Executor>;

  void read();
  void on_read(bool failed, bool ended, std::size_t count);
  void on_client_gone(bool ended);
  void advance();
  void advance_body();
  void dispatch();
  void run();  // on a thread of the pool
  [[nodiscard]] Reply handled() const;
  void refuse(const Problem& problem);
  void deliver(Reply reply);
  void after_reply();
  void start_events(Reply head, std::shared_ptr<EventRing> ring);
  void pump_events();
  void write_events(std::string bytes, bool is_last);
  void linger();
  void close();
  void arm(int timeout_ms);
  void on_timer();
  [[nodiscard]] bool keeps_alive() const;
  void log_reply(int status) const;

  Transport socket_;
  Door& door_;
  Timer timer_;
  unsigned armed_ = 0;  // an expiry that lost its race with a new deadline is told by its number
  State state_ = State::opening;
  bool reading_ = false;
  bool client_gone_ = false;
  bool close_after_reply_ = false;
  bool body_begun_ = false;
  bool writing_events_ = false;
  std::array<char, 8192> chunk_{};
  std::string input_;  // read and not yet used
  std::size_t lingered_bytes_ = 0;
  std::optional<RequestParser> parser_;
  Arrival arrival_;
  std::stop_source stop_;
  Clock::time_point began_at_{};   // of the request: its first byte
  Clock::time_point queued_at_{};
  std::shared_ptr<EventRing> ring_;
  Reply reply_;       // must outlive its write
  std::string head_;  // likewise
};

}  // namespace beffroi::http
