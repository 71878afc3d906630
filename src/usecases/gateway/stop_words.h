// Where a reply must end: the first of some texts, which is left out, found even when it comes in pieces. Not thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace beffroi::gateway {

class StopWords {
 public:
  explicit StopWords(std::vector<std::string> stops) : stops_(std::move(stops)) {}

  // What may be shown of the text so far: the end of it that may begin a stop waits.
  [[nodiscard]] std::string feed(std::string_view piece);
  [[nodiscard]] std::string finish();  // what was waiting
  [[nodiscard]] bool met() const { return met_; }

 private:
  const std::vector<std::string> stops_;
  std::string waiting_;
  bool met_ = false;
};

}  // namespace beffroi::gateway
