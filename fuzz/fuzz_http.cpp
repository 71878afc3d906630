// Any bytes sent to the real door on loopback: the server answers or closes, and still serves the next client.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "base/log.h"
#include "http/server.h"

namespace {

using namespace beffroi;

std::unique_ptr<http::Server> start() {
  std::signal(SIGPIPE, SIG_IGN);
  log::quiet();
  http::Router router;
  router.get("/ping", [](const http::Request&) { return http::Reply{}; });
  router.get("/api/v1/things/{id}", [](const http::Request&) { return http::Reply{}; });
  router.add({http::Method::post, "/api/v1/things", [](const http::Request&) { return http::Reply{}; }, 4096, {"application/json"}});
  http::ServerOptions options;
  options.port = 0;
  options.handler_threads = 2;
  options.header_timeout_ms = 200;
  options.body_timeout_ms = 200;
  options.idle_timeout_ms = 200;
  auto server = http::Server::start(options, std::move(router));
  if (!server) std::abort();
  return std::move(*server);
}

// What the server answers to `bytes`, the sending side then closed.
std::string talk(std::uint16_t port, std::string_view bytes) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const timeval patience{2, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) std::abort();
  (void)::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  ::shutdown(fd, SHUT_WR);
  std::string reply;
  char buffer[4096];
  for (ssize_t got = 0; reply.size() < (1 << 16) && (got = ::recv(fd, buffer, sizeof buffer, 0)) > 0;) {
    reply.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(fd);
  return reply;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::unique_ptr<http::Server> server = start();
  const std::string reply = talk(server->port(), {reinterpret_cast<const char*>(data), size});
  if (!reply.empty() && !reply.starts_with("HTTP/1.1 ")) std::abort();
  static unsigned turn = 0;
  if (++turn % 64 == 0 && !talk(server->port(), "GET /ping HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").starts_with("HTTP/1.1 200"))
    std::abort();
  return 0;
}
