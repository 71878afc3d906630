#include "text/tokens.h"

#include <doctest/doctest.h>

using namespace beffroi::text;

namespace {

std::string joined(std::string_view text) {
  std::string out;
  for (const auto& token : tokens(text)) out += (out.empty() ? "" : "·") + token.folded;
  return out;
}

}  // namespace

TEST_CASE("elisions are cut, compounds stay whole, inverted pronouns are cut off") {
  CHECK(joined("Peut-on l’échanger aujourd’hui ?") == "peut·on·l'·echanger·aujourd'hui·?");
  CHECK(joined("Y a-t-il un rendez-vous jusqu'à midi") == "y·a·il·un·rendez-vous·jusqu'·a·midi");
  CHECK(joined("l’œuvre, n°12") == "l'·oeuvre·,·n·°·12");
}

TEST_CASE("every token is a slice of the text, in order") {
  const std::string text = "Êtes-vous né(e) à Çà – 12,5 % ?";
  std::uint32_t last = 0;
  for (const auto& token : tokens(text)) {
    CHECK(token.where.begin_bytes >= last);
    CHECK(token.where.end_bytes > token.where.begin_bytes);
    CHECK(token.where.end_bytes <= text.size());
    CHECK_FALSE(token.folded.empty());
    last = token.where.begin_bytes;
  }
}

TEST_CASE("letters without an ASCII form keep their own bytes") { CHECK(joined("تجاهل ok") == "تجاهل·ok"); }
