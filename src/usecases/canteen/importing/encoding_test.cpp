#include "usecases/canteen/importing/encoding.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::canteen;

TEST_CASE("UTF-8 is kept, its mark taken off; other bytes are read as Windows-1252, and which is said") {
  const auto utf8 = decode_text(
                        "\xEF\xBB\xBF"
                        "école;12\n")
                        .value();
  CHECK(utf8.text == "école;12\n");
  CHECK(name_of(utf8.encoding) == "UTF-8");
  const auto old = decode_text(
                       "\xE9"
                       "cole d\x92"
                       "Aron \x8Cuvre 3 \x80\n")
                       .value();
  CHECK(old.text == "école d’Aron Œuvre 3 €\n");
  CHECK(name_of(old.encoding) == "Windows-1252");
}

TEST_CASE("what is not a text file is refused with what to do") {
  CHECK(decode_text("PK\x03\x04 a workbook").error().message.find("CSV") != std::string::npos);
  CHECK(decode_text("\xFF\xFE"
                    "d\0a\0")
            .error()
            .message.find("UTF-16") != std::string::npos);
  CHECK_FALSE(decode_text(std::string_view("a\0b", 3)).has_value());
  CHECK_FALSE(decode_text("\xE9\x81").has_value());
}
