#include "usecases/canteen/csv.h"

#include <doctest/doctest.h>

using namespace beffroi;
using namespace beffroi::canteen;

TEST_CASE("fields are read with their quotes, separators and line breaks") {
  const auto table = parse_csv(
                         "\xEF\xBB\xBF"
                         "id;plat\r\n1;\"Salade; \"\"verte\"\"\"\r\n\r\n2;\"deux\nlignes\"\n")
                         .value();
  CHECK(table.header == std::vector<std::string>{"id", "plat"});
  CHECK(table.rows[0][1] == "Salade; \"verte\"");
  CHECK(table.rows[1][1] == "deux\nlignes");
  CHECK(table.lines == std::vector<std::size_t>{2, 4});
  CHECK(table.column("plat").value() == 1);
  CHECK_FALSE(table.column("prix").has_value());
}

TEST_CASE("the separator is the one the header holds most") {
  CHECK(parse_csv("a;b,c;d\n1;2;3\n").value().separator == ';');
  CHECK(parse_csv("a\tb\n1\t2,5\n").value().rows[0][1] == "2,5");
  CHECK(parse_csv("a\n1\n").value().rows.size() == 1);
}

TEST_CASE("a fault names its line") {
  const auto ragged = parse_csv("a,b\n1,2\n3\n");
  REQUIRE_FALSE(ragged.has_value());
  CHECK(ragged.error().message.find("Ligne 3") != std::string::npos);
  CHECK_FALSE(parse_csv("a,b\n\"1,2\n").has_value());
  CHECK_FALSE(parse_csv("a,b\n\xE9,2\n").has_value());
}

TEST_CASE("what is written cannot become a formula") {
  CHECK(csv_field("=1+1") == "'=1+1");
  CHECK(csv_field("a,\"b\"") == "\"a,\"\"b\"\"\"");
  CHECK(csv_field("S001") == "S001");
}
