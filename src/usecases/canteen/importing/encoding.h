// The bytes of a file of a business application, as text: UTF-8 or Windows-1252, told apart by the bytes and said.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::canteen {

enum class Encoding { utf8, windows1252 };
[[nodiscard]] std::string_view name_of(Encoding encoding);  // « UTF-8 », « Windows-1252 »

struct DecodedText {
  std::string text;  // valid UTF-8, without byte order mark
  Encoding encoding = Encoding::utf8;
};

// Bytes that are not UTF-8 are read as Windows-1252. Code::bad_input for UTF-16, for a spreadsheet (.xlsx, .ods) and for other binary bytes,
// with what to do.
[[nodiscard]] Result<DecodedText> decode_text(std::string_view bytes);

}  // namespace beffroi::canteen
