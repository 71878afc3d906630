// What the door replied since the program started: numbers by the pattern of the route, never an address nor a visitor. Thread-safe.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>

namespace beffroi::http {

class Traffic {
 public:
  // Upper bounds of the times counted, in seconds, included.
  static constexpr std::array<double, 12> kBoundsS{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30};

  struct Times {
    std::array<std::int64_t, kBoundsS.size()> within{};  // each counts those of the bounds below it too
    std::int64_t count = 0;
    double sum_s = 0;
  };
  struct Seen {
    std::string_view method;  // "GET"
    std::string_view route;   // "/api/v1/publications/{id}"; "none": nothing is at the path asked for
    int status = 200;         // 499: the client left first
    double seconds = 0;       // from the first byte of the request to the reply
  };
  using Key = std::tuple<std::string, std::string, int>;  // method, route, status
  struct Report {
    std::map<Key, std::int64_t> replies;
    std::map<std::string, Times, std::less<>> times;      // by route
    std::int64_t waiting = 0;                             // for a thread
    std::int64_t working = 0;                             // on one
  };

  void saw(const Seen& seen);
  void queued() { ++waiting_; }
  void unqueued() { --waiting_; }  // the queue was full
  void begun() { --waiting_, ++working_; }
  void ended() { --working_; }

  [[nodiscard]] Report report() const;

 private:
  mutable std::mutex mutex_;
  std::map<Key, std::int64_t> replies_;
  std::map<std::string, Times, std::less<>> times_;
  std::atomic<std::int64_t> waiting_{0};
  std::atomic<std::int64_t> working_{0};
};

}  // namespace beffroi::http
