// Real sockets on the loopback: what a hostile, slow or vanishing client gets.
#include "http/server.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

#include "base/log.h"
#include "http/assets.h"

using namespace beffroi;
using namespace std::chrono_literals;

namespace {

using Clock = std::chrono::steady_clock;

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { leave(); }

  Client& send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t sent = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;  // the server may refuse before we have said everything
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }
  void leave() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }
  // Until `mark` has been received, or the connection ends.
  std::string read_until(std::string_view mark) {
    std::string got = std::exchange(left_over_, {});
    while (got.find(mark) == std::string::npos) {
      char buffer[4096];
      const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
      if (count <= 0) return got;
      got.append(buffer, static_cast<std::size_t>(count));
    }
    const std::size_t end = got.find(mark) + mark.size();
    left_over_ = got.substr(end);
    return got.substr(0, end);
  }
  std::string read_all() { return read_until("\1never\1"); }
  // One reply that has a Content-Length.
  std::string read_reply() {
    std::string reply = read_until("\r\n\r\n");
    const std::size_t at = reply.find("Content-Length: ");
    if (at == std::string::npos) return reply;
    const std::size_t length = std::stoul(reply.substr(at + 16));
    while (left_over_.size() < length) {
      char buffer[4096];
      const ssize_t count = ::recv(socket_, buffer, sizeof buffer, 0);
      if (count <= 0) break;
      left_over_.append(buffer, static_cast<std::size_t>(count));
    }
    reply += left_over_.substr(0, length);
    left_over_.erase(0, length);
    return reply;
  }

 private:
  int socket_;
  std::string left_over_;
};

http::ServerOptions quick() {
  log::quiet();
  http::ServerOptions options;
  options.port = 0;
  options.handler_threads = 2;
  options.header_timeout_ms = 200;
  options.body_timeout_ms = 200;
  options.idle_timeout_ms = 2'000;
  options.event_silence_ms = 50;
  options.stop_deadline_ms = 500;
  return options;
}

std::unique_ptr<http::Server> started(http::Router router, const http::ServerOptions& options = quick()) {
  auto server = http::Server::start(options, std::move(router));
  REQUIRE(server);
  return std::move(*server);
}

http::Router echoes() {
  http::Router router;
  router.get("/hello",
             [](const http::Request& request) { return http::text_reply("bonjour " + std::string(request.query.value("name"))); });
  router.add({http::Method::post, "/echo", [](const http::Request& request) { return http::text_reply(request.body); }});
  router.get("/throws", [](const http::Request&) -> http::Reply { throw std::runtime_error("secret"); });
  router.get("/api/refused", [](const http::Request&) {
    http::Reply reply = http::refusal(http::problem_of(422, "Non."));
    reply.headers.emplace_back("X-With-It", "yes");
    return reply;
  });
  return router;
}

std::string get(std::string_view target, std::string_view more = "") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: mairie\r\n" + std::string(more) + "\r\n";
}

bool begins(const std::string& reply, int status) { return reply.starts_with("HTTP/1.1 " + std::to_string(status) + " "); }
bool eventually(auto condition) {
  for (const auto end = Clock::now() + 5s; Clock::now() < end; std::this_thread::sleep_for(5ms)) {
    if (condition()) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("requests follow each other on one connection, even sent together") {
  const auto server = started(echoes());
  Client client(server->port());
  CHECK(client.send(get("/hello?name=%C3%A9mile")).read_reply().ends_with("bonjour émile"));
  client.send(get("/hello?name=1") + get("/none") + "\r\nPOST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\n\r\nab" +
              get("/hello?name=3"));
  CHECK(client.read_reply().ends_with("bonjour 1"));
  CHECK(begins(client.read_reply(), 404));
  CHECK(client.read_reply().ends_with("ab"));
  CHECK(client.read_reply().ends_with("bonjour 3"));
  const std::string head = client.send("HEAD /hello?name=x HTTP/1.1\r\nHost: m\r\n\r\n" + get("/hello?name=4")).read_until("bonjour 4");
  CHECK(begins(head, 200));
  CHECK(head.find("Content-Length: 9\r\n") != std::string::npos);
  CHECK(head.find("bonjour x") == std::string::npos);
  const std::string options = client.send("OPTIONS /echo HTTP/1.1\r\nHost: m\r\n\r\n").read_reply();
  CHECK(begins(options, 204));
  CHECK(options.find("Allow: POST, OPTIONS\r\n") != std::string::npos);
  CHECK(begins(client.send(get("/hello", "Connection: close\r\n")).read_all(), 200));
}

TEST_CASE("errors are shown as their place requires, and a handler that throws tells nothing") {
  const auto server = started(echoes());
  Client client(server->port());
  const std::string thrown = client.send(get("/throws")).read_reply();
  CHECK(begins(thrown, 500));
  CHECK(thrown.find("secret") == std::string::npos);
  CHECK(thrown.find("<html lang=\"fr\">") != std::string::npos);
  const std::string refused = client.send(get("/api/refused")).read_reply();
  CHECK(begins(refused, 422));
  CHECK(refused.find("application/problem+json") != std::string::npos);
  CHECK(refused.find("X-With-It: yes\r\n") != std::string::npos);
  const std::string wrong = client.send("DELETE /hello HTTP/1.1\r\nHost: m\r\n\r\n").read_reply();
  CHECK(begins(wrong, 405));
  CHECK(wrong.find("Allow: GET, HEAD, OPTIONS\r\n") != std::string::npos);
}

TEST_CASE("slow clients: headers and bodies that do not come get 408 and a closed connection") {
  const auto server = started(echoes());
  Client header(server->port()), body(server->port());
  header.send("GET /hello HTTP/1.1\r\nHost:");
  body.send("POST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 10\r\n\r\nabc");
  CHECK(begins(header.read_all(), 408));
  CHECK(begins(body.read_all(), 408));
}

TEST_CASE("a byte now and then does not keep a connection") {
  const auto server = started(echoes());
  Client client(server->port());
  const auto begin = Clock::now();
  std::atomic<bool> done = false;
  std::thread drip([&] {
    client.send("GET /hello HTTP/1.1\r\n");
    while (!done) {
      client.send("a");
      std::this_thread::sleep_for(20ms);
    }
  });
  CHECK(begins(client.read_until("\r\n\r\n"), 408));
  CHECK(Clock::now() - begin < 2s);
  done = true;
  drip.join();
}

TEST_CASE("a body of 10 MB is refused with a reply that the client can read") {
  const auto server = started(echoes());
  Client client(server->port());
  client.send("POST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 10485760\r\n\r\n");
  client.send(std::string(10 << 20, 'x'));
  CHECK(begins(client.read_all(), 413));
  Client patient(server->port());
  CHECK(begins(patient.send("POST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 10485760\r\nExpect: 100-continue\r\n\r\n").read_all(), 413));
  Client polite(server->port());
  CHECK(begins(polite.send("POST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n").read_until("\r\n\r\n"),
               100));
  CHECK(polite.send("ok").read_reply().ends_with("ok"));
}

TEST_CASE("smuggling: the connection is closed, the hidden request never answered") {
  const auto server = started(echoes());
  Client client(server->port());
  client.send("POST /echo HTTP/1.1\r\nHost: m\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" +
              get("/hello?name=hidden"));
  const std::string all = client.read_all();
  CHECK(begins(all, 400));
  CHECK(all.find("hidden") == std::string::npos);
}

TEST_CASE("a chunk header without end is refused") {
  const auto server = started(echoes());
  Client client(server->port());
  client.send("POST /echo HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(40'000, 'x'));
  CHECK(begins(client.read_all(), 400));
}

TEST_CASE("a full pool says so at once, and recovers") {
  std::promise<void> open;
  const std::shared_future<void> gate = open.get_future().share();
  http::Router router;
  router.get("/api/slow", [gate](const http::Request&) {
    gate.wait();
    return http::text_reply("fini");
  });
  http::ServerOptions options = quick();
  options.handler_threads = 1;
  options.queue_limit = 1;
  const auto server = started(std::move(router), options);
  Client first(server->port());
  first.send(get("/api/slow"));
  std::this_thread::sleep_for(100ms);  // taken by the only thread
  Client second(server->port()), third(server->port());
  second.send(get("/api/slow"));
  std::this_thread::sleep_for(50ms);  // waits in the queue
  const std::string full = third.send(get("/api/slow")).read_reply();
  CHECK(begins(full, 503));
  CHECK(full.find("Retry-After: ") != std::string::npos);
  open.set_value();
  CHECK(first.read_reply().ends_with("fini"));
  CHECK(second.read_reply().ends_with("fini"));
  CHECK(third.send(get("/api/slow")).read_reply().ends_with("fini"));
}

TEST_CASE("events: framed, alive while silent, and the connection serves again after them") {
  http::Router router = echoes();
  router.get("/events", [](const http::Request&) {
    return http::event_reply([](http::EventStream& stream) {
      stream.send({"status", "{\"a\":1}", "1"});
      std::this_thread::sleep_for(150ms);
      stream.send({"done", "é", "2"});
    });
  });
  const auto server = started(std::move(router));
  Client client(server->port());
  const std::string stream = client.send(get("/events")).read_until("0\r\n\r\n");
  CHECK(stream.find("Content-Type: text/event-stream") != std::string::npos);
  CHECK(stream.find("id: 1\nevent: status\ndata: {\"a\":1}\n\n") != std::string::npos);
  CHECK(stream.find("\r\n:\n\n\r\n") != std::string::npos);
  CHECK(stream.find("data: é\n\n") != std::string::npos);
  CHECK(client.send(get("/hello?name=2")).read_reply().ends_with("bonjour 2"));
  Client old(server->port());
  const std::string plain = old.send("GET /events HTTP/1.0\r\n\r\n").read_all();
  CHECK(plain.ends_with("id: 2\nevent: done\ndata: é\n\n"));
  CHECK(plain.find("chunked") == std::string::npos);
}

TEST_CASE("a client that leaves during events stops their producer") {
  std::atomic<bool> told = false, stopped = false;
  http::Router router;
  router.get("/events", [&](const http::Request& request) {
    return http::event_reply([&, stop = request.stop](http::EventStream& stream) {
      while (stream.send({"tick", "1", ""})) std::this_thread::sleep_for(1ms);
      told = stream.closed();
      stopped = stop.stop_requested();
    });
  });
  const auto server = started(std::move(router));
  Client client(server->port());
  client.send(get("/events")).read_until("tick");
  client.leave();
  CHECK(eventually([&] { return told.load() && stopped.load(); }));
}

TEST_CASE("a client that leaves while its answer is computed asks the handler to stop") {
  std::atomic<bool> begun = false, stopped = false;
  http::Router router;
  router.get("/long", [&](const http::Request& request) {
    begun = true;
    for (int i = 0; i < 5000 && !request.stop.stop_requested(); ++i) std::this_thread::sleep_for(1ms);
    stopped = request.stop.stop_requested();
    return http::text_reply("");
  });
  const auto server = started(std::move(router));
  Client client(server->port());
  client.send(get("/long"));
  CHECK(eventually([&] { return begun.load(); }));
  client.leave();
  CHECK(eventually([&] { return stopped.load(); }));
}

TEST_CASE("a port already taken is one French sentence") {
  const auto server = started(echoes());
  http::ServerOptions options = quick();
  options.port = server->port();
  const auto second = http::Server::start(options, echoes());
  REQUIRE_FALSE(second);
  CHECK(second.error().code == Code::unavailable);
  CHECK(second.error().message.find("est déjà pris") != std::string::npos);
  options.address = "mairie";
  CHECK(http::Server::start(options, echoes()).error().code == Code::invalid_argument);
  options.address = "192.0.2.1";
  CHECK(http::Server::start(options, echoes()).error().message.find("n’est pas celle de cette machine") != std::string::npos);
}

TEST_CASE("stopping: what is under way is finished, idle connections are closed, endless handlers are asked to stop") {
  std::atomic<int> under_way = 0;
  http::Router router = echoes();
  router.get("/short", [&](const http::Request&) {
    ++under_way;
    std::this_thread::sleep_for(150ms);
    return http::text_reply("fini");
  });
  router.get("/endless", [&](const http::Request&) {
    return http::event_reply([&](http::EventStream& stream) {
      ++under_way;
      while (!stream.closed()) std::this_thread::sleep_for(1ms);
    });
  });
  const auto server = started(std::move(router));
  Client idle(server->port()), short_one(server->port()), endless(server->port());
  CHECK(begins(idle.send(get("/hello")).read_reply(), 200));
  short_one.send(get("/short"));
  endless.send(get("/endless"));
  CHECK(eventually([&] { return under_way == 2; }));
  const auto begin = Clock::now();
  server->stop();
  CHECK(idle.read_all().empty());
  const std::string last = short_one.read_all();
  CHECK(last.ends_with("fini"));
  CHECK(last.find("Connection: close") != std::string::npos);
  server->wait();
  CHECK(Clock::now() - begin < 3s);
}

TEST_CASE("assets: typed, remembered by the browser, and only what is there") {
  http::Router router;
  router.add(http::asset_route("/assets", {{"style.css", "body{}"}, {"js/app-Bx12ab9Z.js", "1"}, {"js/app-Bx12ab9Z.js.gz", "gz"}}));
  const auto server = started(std::move(router));
  Client client(server->port());
  const std::string style = client.send(get("/assets/style.css")).read_reply();
  CHECK(begins(style, 200));
  CHECK(style.find("Content-Type: text/css; charset=utf-8") != std::string::npos);
  CHECK(style.find("Cache-Control: no-cache") != std::string::npos);
  const std::size_t tag = style.find("ETag: ") + 6;
  const std::string etag = style.substr(tag, style.find("\r\n", tag) - tag);
  CHECK(begins(client.send(get("/assets/style.css", "If-None-Match: " + etag + "\r\n")).read_reply(), 304));
  const std::string script = client.send(get("/assets/js/app-Bx12ab9Z.js", "Accept-Encoding: br, gzip;q=0\r\n")).read_reply();
  CHECK(script.find("immutable") != std::string::npos);
  CHECK(script.ends_with("\r\n\r\n1"));
  const std::string compressed = client.send(get("/assets/js/app-Bx12ab9Z.js", "Accept-Encoding: br, gzip\r\n")).read_reply();
  CHECK(compressed.find("Content-Encoding: gzip\r\n") != std::string::npos);
  CHECK(compressed.find("Content-Type: text/javascript") != std::string::npos);
  CHECK(compressed.ends_with("\r\n\r\ngz"));
  CHECK(begins(client.send(get("/assets/js/app-Bx12ab9Z.js.gz")).read_reply(), 404));
  CHECK(begins(client.send(get("/assets/absent.js")).read_reply(), 404));
  CHECK(begins(client.send(get("/assets/..%2F..%2Fetc/passwd")).read_all(), 400));
}

TEST_CASE("every reply carries the security headers") {
  const auto server = started(echoes());
  Client client(server->port());
  for (const char* target : {"/hello", "/none", "/throws", "/api/refused"}) {
    const std::string reply = client.send(get(target)).read_reply();
    for (const char* header : {"Content-Security-Policy: default-src 'none'; script-src 'self'", "X-Content-Type-Options: nosniff",
                               "Referrer-Policy: same-origin", "Permissions-Policy: ", "Cross-Origin-Opener-Policy: same-origin"}) {
      CHECK(reply.find(header) != std::string::npos);
    }
  }
}
