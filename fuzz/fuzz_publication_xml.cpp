// Any bytes as one XML file of DILA's base: a publication or an error, nothing else.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "knowledge/parse.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)beffroi::knowledge::parse_publication_xml({reinterpret_cast<const char*>(data), size});
  return 0;
}
