#include <array>

#include "text/analysis.h"
#include "text/decode.h"

namespace beffroi::text {

namespace {

constexpr char32_t kFirst = 0xA0;
constexpr char32_t kLast = 0x17F;

// ASCII forms of U+00A0 to U+017F. A space where there is none.
// clang-format off: a table, sixteen a line
constexpr std::array<std::string_view, kLast - kFirst + 1> kLatin = {
    " ", " ", " ", " ", " ", " ", " ", " ", " ", " ", "a", " ", " ", "", " ", " ",                    // 00A0: nbsp … soft hyphen ®
    " ", " ", "2", "3", " ", "u", " ", " ", " ", "1", "o", " ", "1/4", "1/2", "3/4", " ",             // 00B0: ° ± ² ³ … º
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",                  // 00C0: À…Ï
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "ss",                 // 00D0: Ð…ß
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",                  // 00E0: à…ï
    "d", "n", "o", "o", "o", "o", "o", " ", "o", "u", "u", "u", "u", "y", "th", "y",                  // 00F0: ð…ÿ
    "a", "a", "a", "a", "a", "a", "c", "c", "c", "c", "c", "c", "c", "c", "d", "d",                   // 0100: Ā…ď
    "d", "d", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "g", "g", "g", "g",                   // 0110: Đ…ğ
    "g", "g", "g", "g", "h", "h", "h", "h", "i", "i", "i", "i", "i", "i", "i", "i",                   // 0120: Ġ…į
    "i", "i", "ij", "ij", "j", "j", "k", "k", "k", "l", "l", "l", "l", "l", "l", "l",                 // 0130: İ…Ŀ
    "l", "l", "l", "n", "n", "n", "n", "n", "n", "n", "n", "n", "o", "o", "o", "o",                   // 0140: ŀ…ŏ
    "o", "o", "oe", "oe", "r", "r", "r", "r", "r", "r", "s", "s", "s", "s", "s", "s",                 // 0150: Ő…ş
    "s", "s", "t", "t", "t", "t", "t", "t", "u", "u", "u", "u", "u", "u", "u", "u",                   // 0160: Š…ů
    "u", "u", "u", "u", "w", "w", "y", "y", "y", "z", "z", "z", "z", "z", "z", "s"};                  // 0170: Ű…ſ
// clang-format on

std::string_view ascii_of(char32_t c) {
  if (c >= kFirst && c <= kLast) return kLatin[c - kFirst];
  if (c >= 0x300 && c <= 0x36F) return "";  // combining accents of decomposed text
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x02BC:
    case 0x2032: return "'";
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
    case 0x2212: return "-";
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFEFF: return "";  // invisible
    case 0x20AC: return " euros ";
    case 0x1D49: return "e";  // «1ᵉʳ»
    case 0x02B3: return "r";
    case 0xFB00: return "ff";
    case 0xFB01: return "fi";
    case 0xFB02: return "fl";
    default: return " ";
  }
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 8);
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : static_cast<char>(byte));
      ++at;
      continue;
    }
    const Decoded decoded = decode_utf8(text, at);
    out.append(ascii_of(decoded.code_point));
    at += decoded.size_bytes;
  }
  return out;
}

}  // namespace beffroi::text
