#include "http/multipart.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <string>

#include "http/message.h"

using namespace beffroi;

namespace {

constexpr const char* kType = "multipart/form-data; boundary=----limite";

std::string field(const std::string& name, const std::string& content) {
  return "------limite\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
}

std::string file(const std::string& name, const std::string& file_name, const std::string& content) {
  return "------limite\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file_name +
         "\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n";
}

constexpr const char* kEnd = "------limite--\r\n";

}  // namespace

TEST_CASE("fields and files come out in order, bytes as they are") {
  const std::string body =
      field("csrf", "abc") + file("fichier", "C:\\repas\\repas.csv", "a;b\r\n1;\xE9\r\n") + file("autre", "", "") + kEnd;
  const auto parts = http::parse_multipart(kType, body).value();
  REQUIRE(parts.size() == 3);
  CHECK(parts[0].name == "csrf");
  CHECK_FALSE(parts[0].is_file);
  CHECK(parts[1].file_name == "repas.csv");
  CHECK(parts[1].content == "a;b\r\n1;\xE9\r\n");
  CHECK(parts[2].is_file);
  CHECK(parts[2].content.empty());
  CHECK(http::parse_multipart("Multipart/Form-Data; charset=utf-8; boundary=\"----limite\"", body).has_value());
}

TEST_CASE("the fields of a form are read in both ways that browsers send them") {
  http::Request request;
  request.headers = {{"Content-Type", kType}};
  request.body = field("lieu", "école") + file("fichier", "x.csv", "\xE9") + kEnd;
  CHECK(request.form().value().value("lieu") == "école");
  CHECK(request.form().value().find("fichier") == nullptr);
  request.body = field("lieu", "\xE9") + kEnd;
  CHECK_FALSE(request.form().has_value());
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
  request.body = "lieu=%C3%A9cole";
  CHECK(request.form().value().value("lieu") == "école");
}

TEST_CASE("what is not a form is refused") {
  const std::string good = field("a", "1");
  for (const std::string& body :
       {good, std::string(kEnd).substr(2), std::string("texte"),
        std::string("------limite\r\nContent-Disposition: "
                    "form-data\r\n\r\n1\r\n") +
            kEnd,
        std::string("------limite\r\nX: y\r\n\r\n1\r\n") + kEnd, std::string("------limiteX\r\n") + kEnd, field("a\nb", "1") + kEnd,
        field("\xE9", "1") + kEnd, "------limite\r\n" + std::string(9000, 'h') + "\r\n\r\n1\r\n" + kEnd}) {
    CAPTURE(body);
    CHECK_FALSE(http::parse_multipart(kType, body).has_value());
  }
  CHECK_FALSE(http::parse_multipart("multipart/form-data", good + kEnd).has_value());
  CHECK_FALSE(http::parse_multipart("multipart/form-data; boundary=" + std::string(80, 'a'), good + kEnd).has_value());
  CHECK_FALSE(http::parse_multipart("text/plain; boundary=----limite", good + kEnd).has_value());
  std::string many;
  for (std::size_t i = 0; i <= http::kMaxParts; ++i) many += field("a", "1");
  CHECK(http::parse_multipart(kType, many + kEnd).error().code == Code::too_large);
}

TEST_CASE("any content that does not hold the boundary comes back whole") {
  CHECK(rc::check([](const std::string& first, const std::string& second) {
    RC_PRE(first.find("----limite") == std::string::npos && second.find("----limite") == std::string::npos);
    const std::string body = file("un", "1.csv", first) + file("deux", "2.csv", second) + kEnd;
    const auto parts = http::parse_multipart(kType, body).value();
    RC_ASSERT(parts.size() == 2U);
    RC_ASSERT(parts[0].content == first);
    RC_ASSERT(parts[1].content == second);
  }));
}

TEST_CASE("any bytes give parts or a fault") {
  CHECK(rc::check([](const std::string& body, const std::string& type) {
    static_cast<void>(http::parse_multipart(kType, body));
    static_cast<void>(http::parse_multipart(kType, "------limite" + body));
    static_cast<void>(http::parse_multipart(type, body));
  }));
}
