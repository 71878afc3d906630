// Any bytes as the body of a form with files, after a line that gives its content type: parts that lie inside the body, or an error.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/multipart.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace beffroi;
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  const std::size_t end = all.find('\n');
  const std::string_view type = all.substr(0, end), body = end == std::string_view::npos ? std::string_view{} : all.substr(end + 1);
  const auto parts = http::parse_multipart(type, body);
  if (!parts) return 0;
  for (const http::Part& part : *parts) {
    if (part.name.empty()) std::abort();
    if (part.content.data() < body.data() || part.content.data() + part.content.size() > body.data() + body.size()) std::abort();
  }
  return 0;
}
