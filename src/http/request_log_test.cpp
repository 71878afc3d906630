// What the door writes and counts of each request: its number, the pattern of its route, never its address.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <set>

#include "base/log.h"
#include "http/server.h"

using namespace beffroi;

namespace {

std::string ask(std::uint16_t port, const std::string& target) {
  const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  const std::string request = "GET " + target + " HTTP/1.1\r\nHost: mairie\r\nConnection: close\r\n\r\n";
  REQUIRE(::send(socket, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  std::string reply;
  std::array<char, 4096> buffer{};
  for (ssize_t count = 0; (count = ::recv(socket, buffer.data(), buffer.size(), 0)) > 0;)
    reply.append(buffer.data(), static_cast<std::size_t>(count));
  ::close(socket);
  return reply;
}

std::string number_of(const std::string& reply) {
  constexpr std::string_view kHeader = "X-Request-Id: ";
  const std::size_t at = reply.find(kHeader);
  REQUIRE(at != std::string::npos);
  return reply.substr(at + kHeader.size(), reply.find("\r\n", at) - at - kHeader.size());
}

}  // namespace

TEST_CASE("each reply bears the number of its request, and is counted under the pattern of its route") {
  log::quiet();
  auto traffic = std::make_shared<http::Traffic>();
  http::ServerOptions options;
  options.port = 0;
  options.handler_threads = 1;
  options.traffic = traffic;
  http::Router router;
  std::string seen;
  router.get("/fiches/{id}", [&](const http::Request& request) {
    seen = request.id;
    return http::text_reply("bonjour");
  });
  router.get("/suite", [](const http::Request&) { return http::event_reply([](http::EventStream&) {}); });
  const auto server = http::Server::start(options, std::move(router));
  REQUIRE(server);
  const std::uint16_t port = (*server)->port();
  std::set<std::string> numbers;
  const std::string first = ask(port, "/fiches/F1341?q=secret");
  CHECK(number_of(first) == seen);
  for (const std::string& reply : {first, ask(port, "/fiches/F1"), ask(port, "/ailleurs"), ask(port, "/%zz"), ask(port, "/suite")}) {
    numbers.insert(number_of(reply));
  }
  CHECK(numbers.size() == 5);
  CHECK_FALSE(numbers.contains(""));
  (*server)->stop();
  (*server)->wait();
  const http::Traffic::Report report = traffic->report();
  CHECK(report.replies.at({"GET", "/fiches/{id}", 200}) == 2);
  CHECK(report.replies.at({"GET", "none", 404}) == 1);
  CHECK(report.replies.at({"GET", "/suite", 200}) == 1);
  CHECK(report.times.at("/fiches/{id}").count == 2);
  CHECK(report.waiting == 0);
  CHECK(report.working == 0);
  for (const auto& [key, count] : report.replies) CHECK(std::get<1>(key).find("F1341") == std::string::npos);
}
