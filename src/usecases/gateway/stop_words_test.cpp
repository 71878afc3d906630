#include "usecases/gateway/stop_words.h"

#include <doctest/doctest.h>

using beffroi::gateway::StopWords;

namespace {

// What is shown of a text that comes in pieces of so many bytes.
std::string shown(std::string_view text, std::vector<std::string> stops, std::size_t piece) {
  StopWords words(std::move(stops));
  std::string out;
  for (; !text.empty(); text.remove_prefix(std::min(piece, text.size()))) out += words.feed(text.substr(0, piece));
  return out + words.finish();
}

}  // namespace

TEST_CASE("a reply ends before the first stop, however it was cut") {
  for (std::size_t piece = 1; piece < 12; ++piece) {
    CAPTURE(piece);
    CHECK(shown("un deux\nFIN trois", {"FIN"}, piece) == "un deux\n");
    CHECK(shown("aab aaab", {"aaab"}, piece) == "aab ");
    CHECK(shown("a END b STOP", {"STOP", "END"}, piece) == "a ");
    CHECK(shown("rien de tel F I", {"FIN"}, piece) == "rien de tel F I");
    CHECK(shown("presque FI", {"FIN"}, piece) == "presque FI");
    CHECK(shown("sans arrêt", {}, piece) == "sans arrêt");
  }
}

TEST_CASE("only what may begin a stop waits") {
  StopWords words({"\n\n"});
  CHECK(words.feed("bonjour") == "bonjour");
  CHECK(words.feed(" vous\n") == " vous");
  CHECK(words.feed("et") == "\net");
  CHECK_FALSE(words.met());
  CHECK(words.feed("\n\nreste").empty());
  CHECK(words.met());
  CHECK(words.feed("encore").empty());
}
