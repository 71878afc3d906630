#include "usecases/gateway/stop_words.h"

#include <algorithm>
#include <utility>

namespace beffroi::gateway {

std::string StopWords::feed(std::string_view piece) {
  if (met_) return {};
  waiting_ += piece;
  std::size_t end = std::string::npos;
  for (const std::string& stop : stops_) end = std::min(end, waiting_.find(stop));
  if (end != std::string::npos) {
    met_ = true;
    waiting_.resize(end);
    return std::exchange(waiting_, {});
  }
  std::size_t kept = 0;  // bytes at the end that may be the beginning of a stop
  for (const std::string& stop : stops_) {
    for (std::size_t length = std::min(stop.size() - 1, waiting_.size()); length > kept; --length) {
      if (std::string_view(waiting_).ends_with(std::string_view(stop).substr(0, length))) kept = length;
    }
  }
  std::string ready = waiting_.substr(0, waiting_.size() - kept);
  waiting_.erase(0, ready.size());
  return ready;
}

std::string StopWords::finish() { return std::exchange(waiting_, {}); }

}  // namespace beffroi::gateway
