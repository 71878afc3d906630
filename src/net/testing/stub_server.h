// For tests only: a tiny HTTP server on this machine that says exactly what a test wants, right or wrong, and counts who came.
#pragma once

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace beffroi::net::testing {

// One client: what it asked, and the bytes to answer.
class Client {
 public:
  Client(int socket, const std::atomic<bool>& closing) : socket_(socket), closing_(closing) {}

  std::string request;  // head and body

  // False when the client is gone.
  bool say(std::string_view bytes) const { return ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) >= 0; }

  // Waits until the client leaves; the milliseconds that took, or -1 when it stayed for `most`.
  [[nodiscard]] int gone_within(std::chrono::milliseconds most) const {
    const auto start = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() - start < most && !closing_) {
      pollfd watched{socket_, POLLIN, 0};
      char byte = 0;
      if (::poll(&watched, 1, 10) > 0 && ::recv(socket_, &byte, 1, 0) <= 0) {
        return static_cast<int>((std::chrono::steady_clock::now() - start) / std::chrono::milliseconds(1));
      }
    }
    return -1;
  }

 private:
  int socket_;
  const std::atomic<bool>& closing_;
};

class StubServer {
 public:
  using Answer = std::function<void(const Client&)>;

  explicit StubServer(Answer answer) : answer_(std::move(answer)), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(socket_, 8) == 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  explicit StubServer(std::string answer) : StubServer([answer](const Client& client) { client.say(answer); }) {}
  StubServer(const StubServer&) = delete;
  StubServer& operator=(const StubServer&) = delete;
  ~StubServer() {
    closing_ = true;
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }

  [[nodiscard]] std::string url(std::string_view path = "") const {
    return "http://127.0.0.1:" + std::to_string(port_) + std::string(path);
  }
  [[nodiscard]] int requests() const { return requests_; }
  [[nodiscard]] std::string last_request() const {
    const std::lock_guard lock(mutex_);
    return last_request_;
  }

 private:
  void serve() {
    while (!closing_) {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) continue;
      Client asker(client, closing_);
      asker.request = read_request(client);
      {
        const std::lock_guard lock(mutex_);
        last_request_ = asker.request;
      }
      ++requests_;
      answer_(asker);
      ::shutdown(client, SHUT_WR);
      static_cast<void>(asker.gone_within(std::chrono::milliseconds(500)));
      ::close(client);
    }
  }

  // The head, and as much body as it announces.
  static std::string read_request(int client) {
    std::string all;
    std::string buffer(1 << 16, '\0');
    while (true) {
      const std::size_t head = all.find("\r\n\r\n");
      const std::size_t length = all.find("Content-Length: ");
      if (head != std::string::npos) {
        const std::size_t body = length < head ? std::stoul(all.substr(length + 16)) : 0;
        if (all.size() >= head + 4 + body) return all;
      }
      const ssize_t got = ::recv(client, buffer.data(), buffer.size(), 0);
      if (got <= 0) return all;
      all.append(buffer.data(), static_cast<std::size_t>(got));
    }
  }

  Answer answer_;
  int socket_;
  int port_ = 0;
  std::atomic<bool> closing_ = false;
  std::atomic<int> requests_ = 0;
  mutable std::mutex mutex_;
  std::string last_request_;
  std::thread thread_;
};

// A whole answer: head and body. `more`: further header lines, each with its end.
inline std::string http_answer(std::string_view status, std::string_view type, std::string_view body, std::string_view more = "") {
  std::string answer = "HTTP/1.1 " + std::string(status) + "\r\nConnection: close\r\nContent-Type: " + std::string(type) + "\r\n";
  answer += "Content-Length: " + std::to_string(body.size()) + "\r\n" + std::string(more) + "\r\n" + std::string(body);
  return answer;
}

}  // namespace beffroi::net::testing
