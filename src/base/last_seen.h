// Which of several parties came last, and which other one before it: enough to know whether a party is alone at the moment. Not thread-safe.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace beffroi {

class LastSeen {
 public:
  using Clock = std::chrono::steady_clock;

  void note(std::string_view party) {
    if (!latest_ || latest_->first != party) former_ = std::exchange(latest_, std::pair(std::string(party), Clock::time_point{}));
    latest_->second = Clock::now();
  }
  // Whether a party that is not this one came within that time.
  [[nodiscard]] bool another_than(std::string_view party, Clock::duration within) const {
    const auto& other = latest_ && latest_->first == party ? former_ : latest_;
    return other && Clock::now() - other->second < within;
  }

 private:
  std::optional<std::pair<std::string, Clock::time_point>> latest_;
  std::optional<std::pair<std::string, Clock::time_point>> former_;  // the last one that was another
};

}  // namespace beffroi
