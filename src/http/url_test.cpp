#include "http/url.h"

#include <doctest/doctest.h>

using namespace beffroi;

TEST_CASE("a target is decoded once, segment by segment") {
  const auto target = http::parse_target("/fiches/F1341?passage=F1341%23p7&q=carte+d%E2%80%99identit%C3%A9&vide=&seul");
  REQUIRE(target);
  CHECK(target->path == "/fiches/F1341");
  CHECK(target->segments == std::vector<std::string>{"fiches", "F1341"});
  CHECK(target->query.value("passage") == "F1341#p7");
  CHECK(target->query.value("q") == "carte d’identité");
  CHECK(target->query.find("vide") != nullptr);
  CHECK(target->query.find("seul") != nullptr);
  CHECK(target->query.find("absent") == nullptr);
  CHECK(http::parse_target("/a%2525")->path == "/a%25");
  CHECK(http::parse_target("/a+b")->path == "/a+b");
  CHECK(http::parse_target("http://exemple.fr:8080/a?b=1")->path == "/a");
  CHECK(http::parse_target("http://exemple.fr")->path == "/");
  CHECK(http::parse_target("/")->segments == std::vector<std::string>{""});
}

TEST_CASE("path tricks are refused") {
  for (const char* trick :
       {"/../etc/passwd", "/a/./b",   "/%2e%2e/x", "/.%2E/x", "/a%2Fb", "/a%2fb",  "/a%5Cb",     "/a\\b", "//a", "/a//b",
        "/a%00b",         "/a%0Ab",   "/%",        "/%4",     "/%zz",   "/%C0%AF", "/%ED%A0%80", "a",     "",    "*",
        "/a#b",           "/a?b=%FF", "/a?b=%00",  "/a?%zz=1"}) {
    CAPTURE(trick);
    const auto target = http::parse_target(trick);
    REQUIRE_FALSE(target);
    CHECK(target.error().code == Code::invalid_argument);
  }
}

TEST_CASE("the number of parameters is bounded") {
  std::string many = "/?";
  for (std::size_t i = 0; i <= http::kMaxParameters; ++i) many += "a=1&";
  CHECK_FALSE(http::parse_target(many));
  CHECK(http::parse_form(many, http::kMaxFormFields).has_value());
  CHECK(http::parse_form("a=1&&a=2&").value().all("a") == std::vector<std::string>{"1", "2"});
}

TEST_CASE("what is encoded decodes to itself") {
  const std::string text = "F1341#p7 é/&=?+%\x7F";
  CHECK(http::parse_form("v=" + http::percent_encoded(text)).value().value("v") == text);
}
