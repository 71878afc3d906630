// Addresses as they arrive: percent-decoding, query strings and forms, with every known trick refused.
//
// Refused: broken % escapes, NUL and control characters, invalid UTF-8, « . » and « .. » segments, empty segments, / and \ hidden in an
// escape. What comes out is valid UTF-8. Faults have Code::invalid_argument and a French sentence.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace beffroi::http {

// Names and values in the order they came.
class Parameters {
 public:
  void add(std::string name, std::string value) { pairs_.emplace_back(std::move(name), std::move(value)); }
  [[nodiscard]] const std::string* find(std::string_view name) const;         // the first one, or null
  [[nodiscard]] std::string_view value(std::string_view name) const;          // the first one, or empty
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  [[nodiscard]] auto begin() const { return pairs_.begin(); }
  [[nodiscard]] auto end() const { return pairs_.end(); }
  [[nodiscard]] bool empty() const { return pairs_.empty(); }

 private:
  std::vector<std::pair<std::string, std::string>> pairs_;
};

struct Target {
  std::string path;                   // decoded, begins with "/"
  std::vector<std::string> segments;  // decoded; the last one is empty when the path ends with "/" (and for "/" itself)
  Parameters query;
};

// The target of a request line: "/fiches/F1341?passage=F1341%23p7", or the absolute form that proxies send.
[[nodiscard]] Result<Target> parse_target(std::string_view target);

inline constexpr std::size_t kMaxParameters = 100;   // of an address
inline constexpr std::size_t kMaxFormFields = 2000;  // of a form in a body: a line a canteen

// "a=1&b=caf%C3%A9+noir": a query string or an application/x-www-form-urlencoded body, of `most` parameters at most.
[[nodiscard]] Result<Parameters> parse_form(std::string_view text, std::size_t most = kMaxParameters);

// The text as it must be written inside a path segment or a query value.
[[nodiscard]] std::string percent_encoded(std::string_view text);

}  // namespace beffroi::http
