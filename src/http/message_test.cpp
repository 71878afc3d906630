#include "http/message.h"

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include "http/multipart.h"

using namespace beffroi;

TEST_CASE("the fields of a form are read in both ways that browsers send them, files left out") {
  http::Request request;
  request.headers = {{"Content-Type", "multipart/form-data; boundary=limite"}};
  const std::string field = "--limite\r\nContent-Disposition: form-data; name=\"lieu\"\r\n\r\n";
  const std::string file = "--limite\r\nContent-Disposition: form-data; name=\"fichier\"; filename=\"x.csv\"\r\n\r\n\xE9\r\n";
  request.body = field + "école\r\n" + file + "--limite--\r\n";
  CHECK(request.has_form());
  CHECK(request.form().value().value("lieu") == "école");
  CHECK(request.form().value().find("fichier") == nullptr);
  request.body = field + "\xE9\r\n--limite--\r\n";
  CHECK_FALSE(request.form().has_value());
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body = "lieu=%C3%A9cole";
  CHECK(request.has_form());
  CHECK(request.form().value().value("lieu") == "école");
  request.headers = {{"Content-Type", "application/json"}};
  CHECK_FALSE(request.has_form());
}

TEST_CASE("a file comes out of a form as it went in; any bytes give parts or a fault") {
  const std::string head = "--limite\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.csv\"\r\n\r\n";
  CHECK(rc::check([&](const std::string& content) {
    RC_PRE(content.find("--limite") == std::string::npos);
    const std::string body = head + content + "\r\n--limite--\r\n";
    const auto parts = http::parse_multipart("multipart/form-data; boundary=limite", body).value();
    RC_ASSERT(parts.size() == 1U);
    RC_ASSERT(parts[0].content == content);
    static_cast<void>(http::parse_multipart("multipart/form-data; boundary=limite", "--limite" + content));
    static_cast<void>(http::parse_multipart(content, content));
  }));
}
