// Any bytes as a request body or a line of a JSON Lines file; what is read is written and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "json/reader.h"
#include "json/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace beffroi;
  const auto document = json::Document::parse({reinterpret_cast<const char*>(data), size});
  if (!document) return 0;
  const auto text = document->root().text();
  if (!text) return 0;
  const auto again = json::Document::parse(json::quoted(*text));
  if (!again) std::abort();
  const auto said = again->root().text();
  if (!said || *said != *text) std::abort();
  return 0;
}
