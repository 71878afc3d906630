#include "grounding/verbatim.h"

#include "text/decode.h"

namespace beffroi::grounding {
namespace {

constexpr std::string_view kClosing = ".;:, ";

bool is_space(char32_t c) {
  return c <= ' ' || c == 0xA0 || c == 0x202F || c == 0x2028 || c == 0x2029 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

bool is_opening_capital(char32_t c) { return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7); }

void append(std::string& out, char32_t point) {
  if (point < 0x80) {
    out.push_back(static_cast<char>(point));
  } else {
    out.push_back(static_cast<char>(0xC0 | (point >> 6)));
    out.push_back(static_cast<char>(0x80 | (point & 0x3F)));
  }
}

// Spaces before « ; : ? ! % € » and inside « » depend on the typographer, not on the author.
bool drops_space_before(char c) { return c == ';' || c == ':' || c == '?' || c == '!' || c == '%' || c == '"' || c == ',' || c == '.'; }

}  // namespace

std::string bare(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const text::Decoded decoded = text::decode_utf8(text, at);
    const std::string_view bytes = text.substr(at, decoded.size_bytes);
    at += decoded.size_bytes;
    char32_t c = decoded.code_point;
    if (is_space(c)) {
      space = !out.empty();
      continue;
    }
    if (c == 0x2019 || c == 0x2018 || c == 0x02BC) c = '\'';
    if (c == 0xAB || c == 0xBB || c == 0x201C || c == 0x201D) c = '"';
    if (c == 0x2010 || c == 0x2011) c = '-';
    const bool plain = c < 0x80;
    if (space && !(plain && drops_space_before(static_cast<char>(c))) && !(out.ends_with('"'))) out.push_back(' ');
    space = false;
    if (out.empty() && is_opening_capital(c)) {
      append(out, c + 32);
    } else if (plain) {
      out.push_back(static_cast<char>(c));
    } else {
      out += bytes;
    }
  }
  while (!out.empty() && kClosing.find(out.back()) != std::string_view::npos) out.pop_back();
  return out;
}

bool is_verbatim(std::string_view sentence, std::span<const CitedSentence> cited) {
  const std::string wanted = bare(sentence);
  if (wanted.empty()) return false;
  for (std::size_t first = 0; first < cited.size(); ++first) {
    std::string together;
    for (std::size_t last = first; last < cited.size(); ++last) {
      together += (last == first ? "" : " ") + cited[last].text;
      const std::string source = bare(together);
      if (source == wanted) return true;
      if (source.size() > wanted.size()) break;
    }
  }
  return false;
}

}  // namespace beffroi::grounding
