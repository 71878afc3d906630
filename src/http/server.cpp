#include "http/server.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/post.hpp>
#include <optional>
#include <thread>

#include "base/log.h"
#include "http/edge/connection.h"

namespace beffroi::http {

namespace asio = boost::asio;
using boost::system::error_code;

std::size_t cores() { return std::max(1U, std::thread::hardware_concurrency()); }

std::size_t handler_threads(int wanted) {
  const std::size_t usual = 4 * cores();
  return std::clamp<std::size_t>(wanted > 0 ? static_cast<std::size_t>(wanted) : usual, 1, 64);
}

namespace {

using Tcp = asio::ip::tcp;

Error cannot_listen(const ServerOptions& options, const error_code& fault) {
  std::string reason;
  if (fault == asio::error::address_in_use) {
    reason = fmt::format("le port {} est déjà pris sur {}. Arrêtez l’autre programme ou choisissez un autre port", options.port,
                         options.address);
  } else if (fault == asio::error::access_denied) {
    reason = fmt::format("le port {} est réservé à l’administrateur. Choisissez un port à partir de 1024", options.port);
  } else if (fault == asio::error::address_family_not_supported || fault.value() == EADDRNOTAVAIL) {
    reason = fmt::format("l’adresse {} n’est pas celle de cette machine", options.address);
  } else {
    reason = fmt::format("le système a refusé l’adresse {} et le port {}", options.address, options.port);
  }
  return Error{Code::unavailable, fmt::format("Le serveur n’a pas pu démarrer\u00a0: {}.", reason), fault.message()};
}

class AsioServer final : public Server {
 public:
  AsioServer(const ServerOptions& options, Router router)
      : door_(options, std::move(router), handler_threads(options.handler_threads)),
        io_(std::clamp(options.io_threads, 1, 2)),
        acceptor_(asio::make_strand(io_)),
        timer_(acceptor_.get_executor()),
        settling_(acceptor_.get_executor()) {}

  ~AsioServer() override {
    stop();
    wait();
  }

  Status listen() {
    const ServerOptions& options = door_.options;
    if (!options.tls.certificate.empty() || !options.tls.key.empty()) certificate_ = BEFFROI_TRY(Certificate::read(options.tls));
    error_code fault;
    const auto address = asio::ip::make_address(options.address == "localhost" ? "127.0.0.1" : options.address, fault);
    if (fault) {
      return fail(
          Code::invalid_argument,
          fmt::format("L’adresse d’écoute «\u00a0{}\u00a0» n’est pas une adresse IP (par exemple 127.0.0.1 ou 0.0.0.0).", options.address));
    }
    const Tcp::endpoint endpoint(address, options.port);
    acceptor_.open(endpoint.protocol(), fault);
    if (!fault) acceptor_.set_option(asio::socket_base::reuse_address(true), fault);
    if (!fault) acceptor_.bind(endpoint, fault);
    if (!fault) acceptor_.listen(asio::socket_base::max_listen_connections, fault);
    if (fault) return tl::unexpected(cannot_listen(options, fault));
    port_ = acceptor_.local_endpoint().port();
    return {};
  }

  void serve() {
    accept();
    const int threads = std::clamp(door_.options.io_threads, 1, 2);
    for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { io_.run(); });
  }

  [[nodiscard]] std::uint16_t port() const override { return port_; }

  void stop() override {
    if (door_.stopping.exchange(true)) return;
    asio::post(acceptor_.get_executor(), [this] {
      error_code ignored;
      acceptor_.close(ignored);
      for (const auto& connection : open_connections()) connection->stop_soon();
      timer_.expires_after(std::chrono::milliseconds(door_.options.stop_deadline_ms));
      timer_.async_wait([this](const error_code& fault) {
        if (!fault) cut_all();
      });
      settle();
    });
  }

  void wait() override {
    const std::lock_guard lock(waiting_);
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
    door_.pool.finish();
  }

 private:
  std::vector<std::shared_ptr<Connection>> open_connections() {
    std::vector<std::shared_ptr<Connection>> open;
    const std::lock_guard lock(door_.mutex);
    for (const auto& [pointer, weak] : door_.open) {
      if (auto connection = weak.lock()) open.push_back(std::move(connection));
    }
    return open;
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(io_.get_executor()), [this](const error_code& fault, Socket socket) {
      if (!acceptor_.is_open()) return;
      if (fault) return accept_later(fault);
      welcome(std::move(socket));
      accept();
    });
  }

  // Out of file descriptors, mostly: trying again at once would only burn the processor.
  void accept_later(const error_code& fault) {
    log::warn("http_accept_failed", {{"reason", fault.message()}});
    timer_.expires_after(std::chrono::milliseconds(100));
    timer_.async_wait([this](const error_code& cancelled) {
      if (!cancelled) accept();
    });
  }

  void welcome(Socket socket) {
    std::size_t open = 0;
    {
      const std::lock_guard lock(door_.mutex);
      open = door_.open.size();
    }
    const TlsContext tls = certificate_ ? certificate_->current() : TlsContext{};
    if (open < door_.options.connections_limit) return std::make_shared<Connection>(std::move(socket), tls, door_)->start();
    if (tls) return;  // nothing can be said before the handshake: closed
    // One small write into the empty buffer of a new socket: it cannot block.
    static constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(kFull.data(), kFull.size()), ignored);
  }

  // The io threads end when nothing is left to do; the deadline must not hold them back.
  void settle() {
    if (!open_connections().empty()) {
      settling_.expires_after(std::chrono::milliseconds(20));
      settling_.async_wait([this](const error_code&) { settle(); });
      return;
    }
    timer_.cancel();
  }

  void cut_all() {
    for (const auto& connection : open_connections()) connection->cut();
  }

  using Timer = asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

  // The door outlives the io context, whose pending handlers hold connections. All but the connections runs on the acceptor's strand.
  Door door_;
  std::optional<Certificate> certificate_;
  asio::io_context io_;
  asio::basic_socket_acceptor<Tcp, Executor> acceptor_;
  Timer timer_;
  Timer settling_;
  std::uint16_t port_ = 0;
  std::mutex waiting_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Router router) {
  auto server = std::make_unique<AsioServer>(options, std::move(router));
  BEFFROI_CHECK(server->listen());
  server->serve();
  return server;
}

}  // namespace beffroi::http
