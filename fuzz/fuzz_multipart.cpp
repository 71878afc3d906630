// Any bytes as a form with files: every part read lies inside the body, and its bytes hold no boundary.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "http/multipart.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace beffroi;
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto parts = http::parse_multipart("multipart/form-data; boundary=b", body);
  if (!parts) return 0;
  for (const http::Part& part : *parts) {
    if (part.name.empty() || part.content.find("\r\n--b") != std::string_view::npos) std::abort();
    if (part.content.data() < body.data() || part.content.data() + part.content.size() > body.data() + body.size()) std::abort();
  }
  return 0;
}
