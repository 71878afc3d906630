#include "pages/html.h"

#include <doctest/doctest.h>

using namespace beffroi::pages;

TEST_CASE("text and attribute values never become markup") {
  Html html;
  html.element("p", {{"title", R"("><script>alert(1)</script>)"}}, "<img src=x onerror='alert(1)'> & co");
  CHECK(html.take() ==
        "<p title=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\">&lt;img src=x onerror=&#39;alert(1)&#39;&gt; &amp; co</p>");
}

TEST_CASE("control characters are shown as unreadable, line breaks kept") {
  CHECK(escaped(std::string_view("a\0b\x1b"
                                 "c\nd",
                                 7)) == "a\uFFFDb\uFFFDc\nd");
}

TEST_CASE("addresses that could run something lose their attribute") {
  for (const char* hostile : {"javascript:alert(1)", " javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)",
                              "data:text/html,<script>", "//evil.example/x", "/\\evil.example", "vbscript:x", "\x01https://x", ""}) {
    CAPTURE(hostile);
    CHECK_FALSE(is_safe_address(hostile));
    Html html;
    html.element("a", {{"href", hostile}}, "lien");
    CHECK(html.take() == "<a>lien</a>");
  }
  for (const char* plain : {"/", "/fiches/F1?passage=F1%23p7#p7", "#p7", "?q=a", "https://www.service-public.fr", "HTTP://x.fr",
                            "mailto:mairie@exemple.fr", "tel:3939"}) {
    CAPTURE(plain);
    CHECK(is_safe_address(plain));
  }
}

TEST_CASE("a flag is written without a value or not at all") {
  Html html;
  html.single("input", {{"type", "radio"}, flag("checked", true), flag("disabled", false), optional("value", "")});
  CHECK(html.take() == "<input type=\"radio\" checked>");
}

TEST_CASE("what is left open is closed in order") {
  Html html;
  html.open("ul").open("li").text("un");
  CHECK(html.take() == "<ul><li>un</li></ul>");
}

TEST_CASE("JSON inside a page cannot end its script") {
  Html html;
  html.json("donnees", R"({"q":"</script><script>alert(1)</script>&"})");
  CHECK(html.take() ==
        "<script type=\"application/json\" id=\"donnees\">"
        R"({"q":"\u003c/script\u003e\u003cscript\u003ealert(1)\u003c/script\u003e\u0026"})"
        "</script>");
}

TEST_CASE("a query parameter is percent-encoded") { CHECK(percent_encoded("F1#p7 é&=") == "F1%23p7%20%C3%A9%26%3D"); }
