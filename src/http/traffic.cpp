#include "http/traffic.h"

namespace beffroi::http {

void Traffic::saw(const Seen& seen) {
  const std::lock_guard lock(mutex_);
  ++replies_[{std::string(seen.method), std::string(seen.route), seen.status}];
  auto found = times_.find(seen.route);
  if (found == times_.end()) found = times_.emplace(std::string(seen.route), Times{}).first;
  Times& times = found->second;
  for (std::size_t i = 0; i < kBoundsS.size(); ++i) {
    if (seen.seconds <= kBoundsS.at(i)) ++times.within.at(i);
  }
  ++times.count;
  times.sum_s += seen.seconds;
}

Traffic::Report Traffic::report() const {
  const std::lock_guard lock(mutex_);
  return {replies_, times_, waiting_.load(), working_.load()};
}

}  // namespace beffroi::http
