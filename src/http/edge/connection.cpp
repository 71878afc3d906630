#include "http/edge/connection.h"

#include <fmt/format.h>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <atomic>
#include <random>
#include <typeinfo>

#include "base/log.h"

namespace beffroi::http {

namespace asio = boost::asio;

namespace {

constexpr int kLingerMs = 2'000;
constexpr std::size_t kLingerBytes = 64 << 20;
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

// « 5f0a1c3e-2a »: the program's start, then the number of the request.
std::string new_id() {
  static const unsigned int start = std::random_device{}();
  static std::atomic<std::uint64_t> number{0};
  return fmt::format("{:08x}-{:x}", start, ++number);
}

// The door of exceptions: whatever a handler throws becomes an error reply, and its type (not its words) a line of log.
template <class Action>
bool guarded(const Arrival& arrival, Action action) {
  const std::string route = arrival.route != nullptr ? arrival.route->pattern : "none";
  try {
    action();
    return true;
  } catch (const std::exception& fault) {
    log::error("http_handler_failed", {{"request", arrival.request.id}, {"route", route}, {"type", typeid(fault).name()}});
  } catch (...) {
    log::error("http_handler_failed", {{"request", arrival.request.id}, {"route", route}, {"type", "unknown"}});
  }
  return false;
}

// On a thread of the pool, from here to the end of its scope.
struct OnThread {
  explicit OnThread(Traffic* counted) : traffic(counted) {
    if (traffic != nullptr) traffic->begun();
  }
  OnThread(const OnThread&) = delete;
  OnThread& operator=(const OnThread&) = delete;
  ~OnThread() {
    if (traffic != nullptr) traffic->ended();
  }
  Traffic* traffic;
};

}  // namespace

Connection::Connection(Socket socket, TlsContext tls, Door& door)
    : socket_(std::move(socket), std::move(tls)), door_(door), timer_(socket_.get_executor()) {}

Connection::~Connection() {
  const std::lock_guard lock(door_.mutex);
  door_.open.erase(this);
}

void Connection::start() {
  {
    const std::lock_guard lock(door_.mutex);
    door_.open.emplace(this, weak_from_this());
  }
  asio::dispatch(socket_.get_executor(), [self = shared_from_this()] {
    boost::system::error_code ignored;
    self->socket_.socket().set_option(asio::ip::tcp::no_delay(true), ignored);  // else a small reply waits 40 ms for an acknowledgement
    self->arm(self->door_.options.header_timeout_ms);
    self->socket_.async_open([self](const boost::system::error_code& fault) {
      if (fault || self->state_ != State::opening) return self->close();
      self->state_ = State::idle;
      self->arm(self->door_.options.idle_timeout_ms);
      self->read();
    });
  });
}

void Connection::stop_soon() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->close_after_reply_ = true;
    if (self->state_ == State::idle || self->state_ == State::opening) self->close();
  });
}

void Connection::cut() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
}

// ---- reading ---------------------------------------------------------------------------------

void Connection::read() {
  if (reading_ || state_ == State::closed) return;
  reading_ = true;
  socket_.async_read_some(asio::buffer(chunk_), [self = shared_from_this()](const boost::system::error_code& fault, std::size_t count) {
    self->on_read(static_cast<bool>(fault), fault == asio::error::eof, count);
  });
}

void Connection::on_read(bool failed, bool ended, std::size_t count) {
  reading_ = false;
  if (state_ == State::closed) return;
  if (failed) return on_client_gone(ended);
  if (state_ == State::lingering) {
    lingered_bytes_ += count;
    return lingered_bytes_ > kLingerBytes ? close() : read();
  }
  input_.append(chunk_.data(), count);
  if (state_ == State::idle || state_ == State::receiving) return advance();
  if (input_.size() < door_.options.header_limit_bytes) read();  // pipelined: kept, up to a limit
}

void Connection::on_client_gone(bool ended) {
  client_gone_ = true;
  const bool may_still_read = ended && (state_ == State::working || state_ == State::replying);
  if (!may_still_read) return close();
  stop_.request_stop();
}

void Connection::advance() {
  if (state_ == State::idle) {
    input_.erase(0, std::min(input_.find_first_not_of("\r\n"), input_.size()));  // an empty line before a request is tolerated
    if (input_.empty()) return read();
    state_ = State::receiving;
    body_begun_ = false;
    began_at_ = Clock::now();
    parser_.emplace(door_.router, door_.options.header_limit_bytes);
    arm(door_.options.header_timeout_ms);
  }
  input_.erase(0, parser_->feed(input_));
  switch (parser_->state()) {
    case RequestParser::State::header: return read();
    case RequestParser::State::body: return advance_body();
    case RequestParser::State::complete: return dispatch();
    case RequestParser::State::refused: return refuse(parser_->problem());
  }
}

void Connection::advance_body() {
  // Bytes that stay unused are the line of a chunk: it has no reason to be long.
  if (input_.size() > door_.options.header_limit_bytes) return refuse(problem_of(400));
  if (body_begun_) return read();
  body_begun_ = true;
  arm(door_.options.body_timeout_ms);
  if (!parser_->awaits_continue() || !input_.empty()) return read();
  asio::async_write(socket_, asio::buffer(kContinue.data(), kContinue.size()),
                    [self = shared_from_this()](const boost::system::error_code& fault, std::size_t) {
                      if (self->state_ != State::receiving) return;
                      return fault ? self->close() : self->read();
                    });
}

// ---- handling --------------------------------------------------------------------------------

void Connection::dispatch() {
  arrival_ = parser_->take();
  parser_.reset();
  stop_ = std::stop_source();
  arrival_.request.stop = stop_.get_token();
  arrival_.request.id = new_id();
  boost::system::error_code gone;
  const auto peer = socket_.socket().remote_endpoint(gone);
  if (!gone) arrival_.request.client = peer.address().to_string();
  state_ = State::working;
  timer_.cancel();
  ++armed_;
  if (arrival_.route == nullptr && !arrival_.problem) {
    Reply options = text_reply("", 204);
    options.headers.emplace_back("Allow", arrival_.allow);
    return deliver(std::move(options));
  }
  // The guard keeps the io threads alive until the reply is posted, even when nothing is being read.
  queued_at_ = Clock::now();
  auto guard = asio::make_work_guard(socket_.get_executor());
  if (door_.options.traffic) door_.options.traffic->queued();  // before the thread that takes it says so
  const auto too_many = [self = shared_from_this(), guard] {
    if (self->door_.options.traffic) self->door_.options.traffic->unqueued();
    self->deliver(show_plain(self->arrival_.request.path, problem_of(503)));
  };
  WorkerPool::Job job{.party = {},
                      .run = [self = shared_from_this(), guard] { self->run(); },
                      .refused = [executor = socket_.get_executor(), too_many] { asio::post(executor, too_many); }};
  if (door_.options.party) job.party = door_.options.party(arrival_.request);
  if (!door_.pool.try_submit(std::move(job))) return too_many();
  read();  // only to see the client go
}

// The reply of the handler; a problem is shown as its path requires, and keeps the headers that came with it.
Reply Connection::handled() const {
  const Request& request = arrival_.request;
  if (arrival_.route == nullptr) return door_.router.show(request, *arrival_.problem);
  Reply reply = arrival_.route->handler(request);
  if (!reply.problem) return reply;
  Reply shown = door_.router.show(request, *reply.problem);
  shown.headers.insert(shown.headers.end(), reply.headers.begin(), reply.headers.end());
  return shown;
}

void Connection::run() {
  const OnThread counted(door_.options.traffic.get());
  const std::string& path = arrival_.request.path;
  Reply reply;
  if (Clock::now() - queued_at_ > std::chrono::milliseconds(door_.options.queue_wait_ms)) {
    reply = show_plain(path, problem_of(503));
  } else if (!guarded(arrival_, [&] { reply = handled(); })) {
    reply = show_plain(path, problem_of(500));
  }
  if (!reply.events || arrival_.is_head) {
    asio::post(socket_.get_executor(), [self = shared_from_this(), sent = std::move(reply)]() mutable { self->deliver(std::move(sent)); });
    return;
  }
  const EventRing::Limits limits{.patience = std::chrono::milliseconds(door_.options.write_timeout_ms)};
  auto ring = std::make_shared<EventRing>(limits, [weak = weak_from_this(), executor = socket_.get_executor()] {
    asio::post(executor, [weak] {
      if (const auto self = weak.lock()) self->pump_events();
    });
  });
  const EventProducer produce = std::move(reply.events);
  reply.events = [](EventStream&) {};  // the head still has to tell that it opens a stream
  asio::post(socket_.get_executor(),
             [self = shared_from_this(), head = std::move(reply), ring]() mutable { self->start_events(std::move(head), ring); });
  guarded(arrival_, [&] { produce(*ring); });
  ring->finish();
}

// ---- replying --------------------------------------------------------------------------------

void Connection::refuse(const Problem& problem) {
  close_after_reply_ = true;
  arrival_ = Arrival{};
  arrival_.request.id = new_id();
  Reply reply = show_plain(parser_->path(), problem);
  parser_.reset();  // `problem` may live in it
  deliver(std::move(reply));
}

bool Connection::keeps_alive() const { return arrival_.keep_alive && !close_after_reply_ && !client_gone_ && !door_.stopping; }

void Connection::deliver(Reply reply) {
  if (state_ == State::closed) return;
  const bool is_unchanged = reply.status == 200 && !reply.etag.empty() && names_etag(arrival_.request.header("If-None-Match"), reply.etag);
  if (is_unchanged) reply.status = 304;
  const bool has_no_body = reply.status == 304 || reply.status == 204;
  reply_ = std::move(reply);
  reply_.headers.emplace_back("X-Request-Id", arrival_.request.id);
  const std::string& body = reply_.shared_body ? *reply_.shared_body : reply_.body;
  close_after_reply_ = !keeps_alive();
  head_ = head_text(
      reply_, {.framing = has_no_body ? Framing::none : Framing::length, .length_bytes = body.size(), .keep_alive = !close_after_reply_});
  log_reply(reply_.status);
  state_ = State::replying;
  arm(door_.options.write_timeout_ms);
  const bool sends_body = !has_no_body && !arrival_.is_head;
  const std::array<asio::const_buffer, 2> buffers{asio::buffer(head_), asio::buffer(body.data(), sends_body ? body.size() : 0)};
  asio::async_write(socket_, buffers, [self = shared_from_this()](const boost::system::error_code& fault, std::size_t) {
    return fault ? self->close() : self->after_reply();
  });
}

void Connection::after_reply() {
  if (state_ == State::closed) return;
  reply_ = Reply{};
  arrival_ = Arrival{};
  if (close_after_reply_ || client_gone_) return linger();
  state_ = State::idle;
  arm(door_.options.idle_timeout_ms);
  advance();
}

void Connection::start_events(Reply head, std::shared_ptr<EventRing> ring) {
  if (state_ == State::closed || client_gone_) {
    ring->close();
    return close();
  }
  ring_ = std::move(ring);
  head.headers.emplace_back("X-Request-Id", arrival_.request.id);
  if (arrival_.is_http_1_0) close_after_reply_ = true;
  close_after_reply_ = !keeps_alive();
  state_ = State::streaming;
  const Framing framing = arrival_.is_http_1_0 ? Framing::until_close : Framing::chunked;
  write_events(head_text(head, {.framing = framing, .keep_alive = !close_after_reply_}), false);
}

void Connection::pump_events() {
  if (state_ != State::streaming || writing_events_) return;
  EventRing::Taken taken = ring_->take();
  if (taken.bytes.empty() && !taken.finished) return arm(door_.options.event_silence_ms);
  std::string bytes;
  if (arrival_.is_http_1_0) bytes = std::move(taken.bytes);
  else if (!taken.bytes.empty()) bytes = chunk_text(taken.bytes);
  if (taken.finished && !arrival_.is_http_1_0) bytes += kLastChunk;
  write_events(std::move(bytes), taken.finished);
}

void Connection::write_events(std::string bytes, bool is_last) {
  writing_events_ = true;
  head_ = std::move(bytes);
  arm(door_.options.write_timeout_ms);
  asio::async_write(socket_, asio::buffer(head_),
                    [self = shared_from_this(), is_last](const boost::system::error_code& fault, std::size_t) {
                      self->writing_events_ = false;
                      if (fault) return self->close();
                      if (self->state_ != State::streaming) return;
                      if (!is_last) return self->pump_events();
                      self->log_reply(200);
                      self->ring_.reset();
                      self->after_reply();
                    });
}

// ---- ending ----------------------------------------------------------------------------------

// A socket closed while bytes are still arriving is reset, and the reset can destroy a reply not yet read: end our side, wait for theirs.
void Connection::linger() {
  state_ = State::lingering;
  if (client_gone_) return close();
  arm(kLingerMs);
  if (socket_.is_encrypted()) {
    return socket_.async_end([self = shared_from_this()](const boost::system::error_code&) { self->close(); });
  }
  boost::system::error_code ignored;
  socket_.socket().shutdown(asio::socket_base::shutdown_send, ignored);
  read();
}

void Connection::close() {
  if (state_ == State::closed) return;
  if (state_ == State::streaming || state_ == State::working) log_reply(499);  // the client left, or the server had to cut
  state_ = State::closed;
  stop_.request_stop();
  if (ring_) ring_->close();
  ring_.reset();
  timer_.cancel();
  socket_.close();
}

void Connection::arm(int timeout_ms) {
  const unsigned number = ++armed_;
  timer_.expires_after(std::chrono::milliseconds(timeout_ms));
  timer_.async_wait([self = shared_from_this(), number](const boost::system::error_code& fault) {
    if (!fault && number == self->armed_) self->on_timer();
  });
}

void Connection::on_timer() {
  switch (state_) {
    case State::receiving: return refuse(problem_of(408));
    case State::streaming:
      if (writing_events_) return close();
      return write_events(arrival_.is_http_1_0 ? ":\n\n" : chunk_text(":\n\n"), false);
    case State::working:
    case State::closed: return;
    default: return close();
  }
}

void Connection::log_reply(int status) const {
  const auto elapsed_us = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began_at_).count();
  const std::string method = arrival_.is_head ? "HEAD" : std::string(name_of(arrival_.request.method));
  const std::string route = arrival_.route == nullptr ? std::string("none") : arrival_.route->pattern;
  if (door_.options.traffic) door_.options.traffic->saw({method, route, status, static_cast<double>(elapsed_us) / 1e6});
  log::info("http_request", {{"request", arrival_.request.id},
                             {"method", method},
                             {"route", route},
                             {"status", std::to_string(status)},
                             {"ms", fmt::format("{:.1f}", static_cast<double>(elapsed_us) / 1000.0)}});
}

}  // namespace beffroi::http
