// What carries the bytes of a connection: a plain socket, or TLS over it, chosen once when the connection opens.
//
// It has what Asio asks of a stream, and the three moments where the two differ: opening, ending, closing. Runs on the connection's strand.
#pragma once

#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/strand.hpp>
#include <optional>
#include <utility>

#include "http/edge/tls.h"

namespace beffroi::http {

using Executor = boost::asio::strand<boost::asio::io_context::executor_type>;  // one connection, one thing at a time
using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;

class Transport {
 public:
  using executor_type = Executor;

  Transport(Socket socket, TlsContext tls) : socket_(std::move(socket)), context_(std::move(tls)) {
    if (context_) tls_.emplace(socket_, *context_);
  }
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
  [[nodiscard]] Socket& socket() { return socket_; }
  [[nodiscard]] bool is_encrypted() const { return tls_.has_value(); }

  // handler(error_code): at once for a plain socket.
  template <class Handler>
  void async_open(Handler&& handler) {
    if (tls_) return tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
    boost::asio::post(socket_.get_executor(), [opened = std::forward<Handler>(handler)]() mutable { opened(boost::system::error_code{}); });
  }
  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) tls_->async_read_some(buffers, std::forward<Handler>(handler));
    else socket_.async_read_some(buffers, std::forward<Handler>(handler));
  }
  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) tls_->async_write_some(buffers, std::forward<Handler>(handler));
    else socket_.async_write_some(buffers, std::forward<Handler>(handler));
  }
  // TLS only: tells the client that nothing more comes, and waits for its word. handler(error_code).
  template <class Handler>
  void async_end(Handler&& handler) {
    tls_->async_shutdown(std::forward<Handler>(handler));
  }
  void close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
  }

 private:
  Socket socket_;
  TlsContext context_;  // outlives the stream
  std::optional<boost::asio::ssl::stream<Socket&>> tls_;
};

}  // namespace beffroi::http
