#include "privacy/detect.h"

#include <algorithm>

#include "privacy/detectors.h"
#include "text/utf8.h"

namespace beffroi::privacy {

namespace {

// In reading order; of two that overlap, the longer stays and takes in the other.
void settle(std::vector<Span>& spans) {
  std::sort(spans.begin(), spans.end(),
            [](const Span& a, const Span& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (kept > 0 && spans[i].begin < spans[kept - 1].end) {
      Span& before = spans[kept - 1];
      const bool longer = spans[i].end - spans[i].begin > before.end - before.begin;
      if (longer) before.label = spans[i].label;
      before.end = std::max(before.end, spans[i].end);
      continue;
    }
    spans[kept++] = spans[i];
  }
  spans.resize(kept);
}

}  // namespace

Result<std::vector<Span>> detect(std::string_view text) {
  if (text.size() > kTextBytesMax) return fail(Code::too_large, "Ce texte est trop long pour être contrôlé\u00a0: 64 Mo au plus.");
  if (!text::is_valid_utf8(text)) return fail(Code::bad_input, "Ce texte n’est pas en UTF-8\u00a0: il ne peut pas être contrôlé.");
  Tokens tokens(text);
  std::vector<Span> spans;
  find_emails(tokens, spans);
  find_numbers(tokens, spans);
  find_addresses(tokens, spans);
  find_persons(tokens, spans);
  settle(spans);
  return spans;
}

std::vector<PointSpan> in_code_points(std::string_view text, const std::vector<Span>& spans) {
  std::vector<PointSpan> out;
  out.reserve(spans.size());
  std::size_t at = 0, points = 0;
  const auto count_to = [&](std::size_t byte) {
    for (; at < byte; ++at) points += (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 ? 1 : 0;
    return points;
  };
  for (const Span& span : spans) {
    const std::size_t begin = count_to(span.begin);
    out.push_back({begin, count_to(span.end), span.label});
  }
  return out;
}

}  // namespace beffroi::privacy
