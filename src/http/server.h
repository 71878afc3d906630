// The HTTP/1.1 door.
//
// One or two io threads that never block carry the bytes; handlers are plain blocking functions on a bounded pool. When the pool's queue
// is full, the client is told at once (503, Retry-After). Everything a client can stretch has a limit. TLS 1.2 and 1.3 by a certificate
// of one's own, or a reverse proxy in front. No question, address or query string is ever logged: only the route, the status, the time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "http/router.h"
#include "http/traffic.h"

namespace beffroi::http {

// A certificate with its chain and its key, in PEM. Both empty: plain HTTP.
struct TlsFiles {
  std::filesystem::path certificate, key;
};

struct ServerOptions {
  std::string address = "127.0.0.1";       // IPv4 or IPv6 address, or "localhost"
  std::uint16_t port = 8080;               // 0: any free port (tests)
  TlsFiles tls;                            // HTTPS when given, and then nothing but HTTPS
  int io_threads = 1;                      // 1 or 2
  int handler_threads = 0;                 // 0: four per core; at most 64
  std::size_t queue_limit = 256;           // requests waiting for a handler thread; over it: 503
  int queue_wait_ms = 10'000;              // a request that waited longer gets 503 instead of a stale answer
  std::size_t connections_limit = 1'000;   // over it: 503 and close
  std::size_t header_limit_bytes = 16 << 10;
  int header_timeout_ms = 10'000;          // from the first byte of a request to the end of its headers: 408
  int body_timeout_ms = 30'000;            // for the whole body: 408
  int idle_timeout_ms = 30'000;            // between two requests: closed silently
  int write_timeout_ms = 30'000;           // a client that does not read: closed
  int event_silence_ms = 10'000;           // a stream of events says it is alive at least this often
  int stop_deadline_ms = 10'000;           // time left to requests under way when the server stops
  std::shared_ptr<Traffic> traffic;        // counts the replies; null: nobody does
  // On behalf of whom a request comes (its commune): threads and queue are shared fairly between parties. Called on an io thread: must not
  // block nor throw, and must give few different answers, whatever strangers write in their requests. Empty: one party.
  std::function<std::string(const Request&)> party;
};

[[nodiscard]] std::size_t cores();  // of the machine, at least 1

// The threads that ServerOptions::handler_threads makes.
[[nodiscard]] std::size_t handler_threads(int wanted);

class Server {
 public:
  // Listens and serves at once. A port already taken or refused is one French sentence (Code::unavailable).
  [[nodiscard]] static Result<std::unique_ptr<Server>> start(const ServerOptions& options, Router router);
  virtual ~Server() = default;  // stops and waits

  [[nodiscard]] virtual std::uint16_t port() const = 0;
  // Graceful: no new connection, replies under way get the deadline, then are cut and their stop tokens asked. Returns at once.
  virtual void stop() = 0;
  // Returns when the server has stopped and every handler has returned.
  virtual void wait() = 0;
};

}  // namespace beffroi::http
