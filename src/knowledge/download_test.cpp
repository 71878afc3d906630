#include "knowledge/download.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <string>
#include <thread>

#include "base/files.h"
#include "base/testing.h"

using namespace beffroi;
using namespace beffroi::knowledge;

namespace {

// Serves one answer, to one client, on this machine.
class OneAnswer {
 public:
  explicit OneAnswer(std::string answer, int hold_ms = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, answer = std::move(answer), hold_ms] {
      const int client = ::accept(socket_, nullptr, nullptr);
      if (client < 0) return;
      std::string request(4096, '\0');
      static_cast<void>(::recv(client, request.data(), request.size(), 0));
      static_cast<void>(::send(client, answer.data(), answer.size(), MSG_NOSIGNAL));
      std::this_thread::sleep_for(std::chrono::milliseconds(hold_ms));
      ::close(client);
    });
  }
  OneAnswer(const OneAnswer&) = delete;
  OneAnswer& operator=(const OneAnswer&) = delete;
  ~OneAnswer() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/vosdroits-latest.zip"; }

 private:
  int socket_;
  int port_ = 0;
  std::thread thread_;
};

std::string ok(const std::string& body, std::size_t announced) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(announced) + "\r\nConnection: close\r\n\r\n" + body;
}

// Downloads over a former file, which must survive every failure.
Status fetched(const std::string& url, const beffroi::testing::TemporaryFolder& folder, const DownloadLimits& limits = {},
               const std::stop_token& stop = {}) {
  const auto file = folder.path() / "base.zip";
  REQUIRE(write_file_atomically(file, "ancienne"));
  Status status = download(url, file, stop, limits);
  if (!status) {
    CHECK(read_file(file).value() == "ancienne");
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.is_regular_file() ? 1 : 0;
    CHECK(files == 1);
  }
  return status;
}

}  // namespace

TEST_CASE("a file is downloaded whole, in a folder made for it") {
  beffroi::testing::TemporaryFolder folder;
  const OneAnswer server(ok("contenu", 7));
  const auto file = folder.path() / "downloads" / "base.zip";
  REQUIRE(download(server.url(), file, {}));
  CHECK(read_file(file).value() == "contenu");
}

TEST_CASE("refusals, short answers and oversize files leave the former file and no trace") {
  beffroi::testing::TemporaryFolder folder;
  {
    const OneAnswer server("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    const Status status = fetched(server.url(), folder);
    CHECK(status.error().code == Code::unavailable);
    CHECK(status.error().message.find("a répondu 404") != std::string::npos);
  }
  {
    const OneAnswer server(ok("court", 500));
    CHECK(fetched(server.url(), folder).error().message.find("s’est arrêté avant la fin") != std::string::npos);
  }
  {
    const OneAnswer server(ok(std::string(2000, 'x'), 2000));
    CHECK(fetched(server.url(), folder, {.max_bytes = 1000}).error().code == Code::too_large);
  }
  {
    const OneAnswer server("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + std::string(2000, 'x'));
    CHECK(fetched(server.url(), folder, {.max_bytes = 1000}).error().code == Code::too_large);
  }
}

TEST_CASE("only https, but for this machine; a redirection cannot leave for something else") {
  beffroi::testing::TemporaryFolder folder;
  for (const char* url :
       {"http://example.org/a.zip", "ftp://example.org/a", "file:///etc/passwd", "http://127.0.0.1.example.org/", "", "https"}) {
    CHECK(fetched(url, folder).error().code == Code::invalid_argument);
  }
  const OneAnswer server("HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  CHECK(fetched(server.url(), folder).error().code == Code::invalid_argument);
}

TEST_CASE("a server that is slow, gone or left is told in French") {
  beffroi::testing::TemporaryFolder folder;
  {
    const OneAnswer server(ok("début", 500), 2500);
    CHECK(fetched(server.url(), folder, {.stalled_timeout_s = 1, .total_timeout_s = 2}).error().code == Code::timeout);
  }
  {
    const OneAnswer server(ok("début", 500), 1500);
    std::stop_source stop;
    std::thread later([&stop] {
      std::this_thread::sleep_for(std::chrono::milliseconds(100));
      stop.request_stop();
    });
    CHECK(fetched(server.url(), folder, {}, stop.get_token()).error().code == Code::cancelled);
    later.join();
  }
  CHECK(fetched("http://127.0.0.1:1/a.zip", folder).error().code == Code::unavailable);
}
