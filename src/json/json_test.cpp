#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "json/reader.h"
#include "json/writer.h"

using namespace beffroi;

namespace {

std::string written(double number) {
  json::Writer out;
  out.value(number);
  return std::move(out).text();
}

std::string fault_of(const auto& result) { return result ? "" : result.error().message; }

}  // namespace

TEST_CASE("the writer nests, separates and escapes") {
  json::Writer out;
  out.begin_object().field("id", "F1341").field("open", true).field("count", 3).field("big", std::uint64_t{18446744073709551615U});
  out.key("none").null().key("list").begin_array().value("a\"b\\c\n").value("\x01").begin_object().end_object().end_array();
  out.field("texts", std::vector<std::string>{"un", "deux"}).end_object();
  CHECK(out.text() == R"({"id":"F1341","open":true,"count":3,"big":18446744073709551615,"none":null,"list":["a\"b\\c\n","\u0001",{}],)"
                      R"("texts":["un","deux"]})");
}

TEST_CASE("whatever bytes it is given, the writer gives valid UTF-8") {
  CHECK(json::quoted("é€😀") == "\"é€😀\"");
  CHECK(json::quoted("a\xFFz") == "\"a\uFFFDz\"");
  CHECK(json::quoted("\xC0\xAF") == "\"\uFFFD\uFFFD\"");          // overlong
  CHECK(json::quoted("\xED\xA0\x80") == "\"\uFFFD\uFFFD\uFFFD\"");  // surrogate
  CHECK(json::quoted("\xE2\x82") == "\"\uFFFD\uFFFD\"");          // cut short
  CHECK(json::quoted("\xF4\x90\x80\x80") == "\"\uFFFD\uFFFD\uFFFD\uFFFD\"");
}

TEST_CASE("numbers read back equal") {
  for (const double number : {0.0, 0.1, 1.0 / 3, 1e300, -2.5e-9, 9007199254740993.0, std::numeric_limits<double>::denorm_min()}) {
    const auto back = json::Document::parse(written(number));
    REQUIRE(back);
    CHECK(back->root().number().value() == number);
  }
  CHECK(written(std::nan("")) == "null");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
}

TEST_CASE("a fault tells its path and what was expected") {
  const auto body = json::Document::parse(R"({"question": 12, "conditions": ["a", {"label": false}], "audience": null})");
  REQUIRE(body);
  const json::Node root = body->root();
  CHECK(fault_of(root.member("question").value().text()) == "question\u00a0: un texte était attendu, et non un nombre.");
  CHECK(fault_of(root.member("conditions").value().texts()) == "conditions[1]\u00a0: un texte était attendu, et non un objet.");
  CHECK(fault_of(root.find("conditions")->at(1).member("label").value().text()).starts_with("conditions[1].label\u00a0: un texte"));
  CHECK(fault_of(root.member("absent")) == "Le JSON\u00a0: «\u00a0absent\u00a0» manque.");
  CHECK_FALSE(root.find("audience"));
  CHECK(fault_of(root.only({"question", "conditions"})).starts_with("audience\u00a0: ce champ n’est pas connu"));
  CHECK(root.only({"question", "conditions", "audience"}));
}

TEST_CASE("malformed JSON is refused with its place") {
  CHECK(fault_of(json::Document::parse("{\"a\": 1,}")).starts_with("Caractère 9"));
  CHECK(fault_of(json::Document::parse("{\n\"a\":\n bad}")).starts_with("Ligne 3, caractère 2"));
  CHECK(fault_of(json::Document::parse("")).find("s’arrête avant la fin") != std::string::npos);
  CHECK(fault_of(json::Document::parse("{} {}")).find("suit la fin") != std::string::npos);
  CHECK_FALSE(json::Document::parse("\"\xFF\""));
  CHECK_FALSE(json::Document::parse("\"\\ud800\""));
  CHECK(fault_of(json::Document::parse("\"a\\u0000b\"")->root().text()).find("caractère nul") != std::string::npos);
  CHECK_FALSE(json::Document::parse("NaN"));
  CHECK(json::Document::parse(" {} \r\n"));
}

TEST_CASE("depth and size are bounded") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(json::Document::parse(nested(32)));
  CHECK(json::Document::parse(nested(33)).error().code == Code::too_large);
  CHECK(json::Document::parse(nested(100'000)).error().code == Code::too_large);
  CHECK(json::Document::parse(nested(60), {.depth = 64}));
  CHECK(json::Document::parse("\"" + std::string(100, 'x') + "\"", {.size_bytes = 100}).error().code == Code::too_large);
}

TEST_CASE("integers are told from reals") {
  CHECK(json::Document::parse("3.0")->root().integer().value() == 3);
  CHECK_FALSE(json::Document::parse("3.5")->root().integer());
  CHECK_FALSE(json::Document::parse("1e300")->root().integer());
  CHECK_FALSE(json::Document::parse("18446744073709551615")->root().integer());
}

TEST_CASE("JSON Lines: a fault has its line and does not stop the reading") {
  std::istringstream lines("{\"id\":1}\n\n{\"id\":\r\n{\"id\":3}");
  json::LinesReader reader(lines, {.size_bytes = 20});
  auto first = reader.next();
  REQUIRE(first);
  CHECK((*first)->root().find("id")->integer().value() == 1);
  const auto bad = reader.next();
  REQUIRE_FALSE(bad);
  CHECK(bad.error().message.starts_with("ligne 3\u00a0: "));
  const auto third = reader.next();
  REQUIRE(third);
  CHECK((*third)->root().find("id")->integer().value() == 3);
  CHECK(reader.line() == 4);
  CHECK_FALSE(reader.next().value().has_value());
}

TEST_CASE("JSON Lines: an endless line is refused without being kept") {
  std::istringstream lines(std::string(1000, 'x') + "\n1\n");
  json::LinesReader reader(lines, {.size_bytes = 20});
  CHECK(reader.next().error().code == Code::too_large);
  CHECK((*reader.next())->root().integer().value() == 1);
}

TEST_CASE("a name written twice in an object is refused where the limits say so, at any depth and however it is written") {
  const json::Limits once{.names_once = true};
  for (const char* text : {R"({"a":1,"a":2})", R"([{"b":{"a":1,"c":0,"a":1}}])", R"({"aud":"x","\u0061ud":"y"})", R"({"":1,"":2})"}) {
    CAPTURE(text);
    CHECK(json::Document::parse(text));
    CHECK(json::Document::parse(text, once).error().code == Code::bad_input);
  }
  for (const char* text : {R"({"a":{"a":[{"a":1},{"a":1}]},"b":"a"})", "[]", "1", R"({"a":"b","A":"b"})"}) {
    CAPTURE(text);
    CHECK(json::Document::parse(text, once));
  }
}
