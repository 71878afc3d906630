// Any bytes through the privacy gate: spans that are valid, and what is masked comes back whole, even cut into pieces.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "privacy/detect.h"
#include "privacy/restoring.h"
#include "text/utf8.h"

namespace {

bool begins_code_point(std::string_view text, std::size_t at) {
  return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace beffroi::privacy;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto spans = detect(text);
  if (spans.has_value() != beffroi::text::is_valid_utf8(text)) std::abort();
  if (!spans) return 0;
  std::size_t at = 0;
  for (const Span& span : *spans) {
    const bool whole = begins_code_point(text, span.begin) && begins_code_point(text, span.end);
    if (span.begin < at || span.begin + span.civility_bytes >= span.end || span.end > size || !whole) std::abort();
    at = span.end;
  }
  Pseudonyms pseudonyms;
  const std::string masked = mask(text, *spans, pseudonyms);
  if (restore(masked, pseudonyms) != text) std::abort();
  Restorer restorer(pseudonyms);
  std::string restored;
  const std::size_t step = size % 7 + 1;
  for (std::size_t i = 0; i < masked.size(); i += step) restored += restorer.feed(std::string_view(masked).substr(i, step));
  restored += restorer.finish();
  if (restored != text || restorer.unknown() != 0) std::abort();
  return 0;
}
