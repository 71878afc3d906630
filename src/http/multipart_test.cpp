#include "http/multipart.h"

#include <doctest/doctest.h>

using namespace beffroi;

namespace {

const std::string kType = "multipart/form-data; boundary=limite";

std::string body_of(std::string_view parts) {
  std::string out;
  for (const char c : parts) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

}  // namespace

TEST_CASE("a field and a file") {
  const std::string body = body_of(
      "--limite\nContent-Disposition: form-data; name=\"collection\"\n\nc1\n"
      "--limite\ncontent-disposition: form-data; name=file; filename=\"note \\\"A\\\"; v2.txt\"\nContent-Type: text/plain; charset=utf-8\n\n"
      "Ligne 1\n--limite pas vraiment\n\n--limite--\n");
  // A line that begins as the boundary does, and goes on, is no boundary: such a body is ambiguous and refused.
  CHECK(!http::parse_multipart(kType, body));
  const std::string plain = body_of(
      "--limite\nContent-Disposition: form-data; name=\"collection\"\n\nc1\n"
      "--limite\ncontent-disposition: form-data; name=file; filename=\"note \\\"A\\\"; v2.txt\"\nContent-Type: text/plain; charset=utf-8\n\n"
      "Ligne 1\n\nLigne 2\n--limite--\n");
  const auto parts = http::parse_multipart(kType, plain);
  REQUIRE(parts);
  REQUIRE(parts->size() == 2);
  CHECK((*parts)[0].name == "collection");
  CHECK((*parts)[0].file_name.empty());
  CHECK((*parts)[0].content == "c1");
  CHECK((*parts)[1].name == "file");
  CHECK((*parts)[1].file_name == "note \"A\"; v2.txt");
  CHECK((*parts)[1].content_type == "text/plain");
  CHECK((*parts)[1].content == "Ligne 1\r\n\r\nLigne 2");
}

TEST_CASE("a quoted boundary, an empty form, an empty file") {
  CHECK(http::parse_multipart("multipart/form-data; boundary=\"a b\"", "--a b--")->empty());
  const std::string body = body_of("--limite\nContent-Disposition: form-data; name=\"f\"; filename=\"\"\n\n\n--limite--");
  REQUIRE(http::parse_multipart(kType, body));
  CHECK(http::parse_multipart(kType, body)->front().content.empty());
}

TEST_CASE("what is malformed is refused") {
  const std::string part = "--limite\nContent-Disposition: form-data; name=\"a\"\n\nx\n";
  CHECK(http::parse_multipart(kType, body_of(part + "--limite--")));
  for (const std::string& text :
       {part, part + "--limite", part + "--limitE--", "\n" + part + "--limite--",
        std::string("--limite\nContent-Disposition: form-data\n\nx\n--limite--"),
        std::string("--limite\nContent-Disposition: attachment; name=\"a\"\n\nx\n--limite--"),
        std::string("--limite\nsans deux-points\n\nx\n--limite--"), std::string("--limite\n\nx\n--limite--"), std::string()}) {
    CAPTURE(text);
    CHECK_FALSE(http::parse_multipart(kType, body_of(text)));
  }
  for (const char* type :
       {"multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=limite", "multipart/form-data; boundary=\"a \""}) {
    CAPTURE(type);
    CHECK_FALSE(http::parse_multipart(type, body_of(part + "--limite--")));
  }
  std::string many;
  for (std::size_t i = 0; i <= http::kMaxParts; ++i) many += part;
  CHECK(http::parse_multipart(kType, body_of(many + "--limite--")).error().code == Code::too_large);
}
