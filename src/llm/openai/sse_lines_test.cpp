#include "llm/openai/sse_lines.h"

#include <doctest/doctest.h>

using beffroi::llm::openai::SseLines;

namespace {

// Feeds the text in pieces of that many bytes.
std::vector<std::string> events_of(std::string_view text, std::size_t bytes) {
  SseLines lines;
  std::vector<std::string> all;
  for (std::size_t i = 0; i < text.size(); i += bytes) {
    for (auto& event : lines.feed(text.substr(i, bytes))) all.push_back(std::move(event));
  }
  return all;
}

}  // namespace

TEST_CASE("events come out the same however the bytes are cut") {
  const std::string_view text =
      ": vivant\r\n\r\ndata: un\r\n\r\nevent: x\ndata:deux\ndata: et demi\nid: 3\n\ndataset: non\n\ndata\n\ndata:  trois\r\rdata: jamais fini\n";
  const std::vector<std::string> expected = {"un", "deux\net demi", "", " trois"};
  for (std::size_t bytes = 1; bytes <= text.size(); ++bytes) CHECK(events_of(text, bytes) == expected);
}
