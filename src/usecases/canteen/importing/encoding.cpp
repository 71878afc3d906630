#include "usecases/canteen/importing/encoding.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "text/utf8.h"

namespace beffroi::canteen {

namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

// 0x80 to 0x9F of Windows-1252; 0 stands for no letter. The rest is Latin-1.
constexpr std::array<std::uint16_t, 32> kHigh = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                                 0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                                 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

void append(std::string& out, std::uint16_t code_point) {
  if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | code_point >> 6);
  } else {
    out += static_cast<char>(0xE0 | code_point >> 12);
    out += static_cast<char>(0x80 | (code_point >> 6 & 0x3F));
  }
  out += static_cast<char>(0x80 | (code_point & 0x3F));
}

bool is_control(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  return (byte < 0x20 && letter != '\t' && letter != '\n' && letter != '\r') || byte == 0x7F;
}

}  // namespace

std::string_view name_of(Encoding encoding) { return encoding == Encoding::utf8 ? "UTF-8" : "Windows-1252"; }

Result<DecodedText> decode_text(std::string_view bytes) {
  if (bytes.starts_with("PK\x03\x04") || bytes.starts_with("\xD0\xCF\x11\xE0"))
    return fail(Code::bad_input, "C’est un classeur de tableur\u00a0: enregistrez la feuille au format CSV, puis recommencez.");
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return fail(Code::bad_input, "Le fichier est en UTF-16\u00a0: enregistrez-le de nouveau en UTF-8.");
  if (bytes.starts_with(kMark)) bytes.remove_prefix(kMark.size());
  if (std::any_of(bytes.begin(), bytes.end(), is_control))
    return fail(Code::bad_input, "Ce n’est pas un fichier de texte\u00a0: il faut un fichier CSV.", "control characters");
  DecodedText out;
  if (text::is_valid_utf8(bytes)) {
    out.text = bytes;
    return out;
  }
  out.encoding = Encoding::windows1252;
  out.text.reserve(bytes.size() + bytes.size() / 16);
  for (const char letter : bytes) {
    const auto byte = static_cast<unsigned char>(letter);
    if (byte < 0x80) {
      out.text += letter;
      continue;
    }
    const std::uint16_t code_point = byte < 0xA0 ? kHigh.at(byte - 0x80) : byte;
    if (code_point == 0) return fail(Code::bad_input, "Le fichier n’est ni en UTF-8, ni en Windows-1252\u00a0: enregistrez-le en UTF-8.");
    append(out.text, code_point);
  }
  return out;
}

}  // namespace beffroi::canteen
