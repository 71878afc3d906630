#include "proc/protocol.h"

#include <doctest/doctest.h>

#include <random>

using namespace beffroi;
using namespace beffroi::proc;

TEST_CASE("a message and an error read back as they were written") {
  const auto message = decode(encode(Kind::part, 0x1234567890abcdefULL, std::string("é\0x", 4)));
  REQUIRE(message);
  CHECK(message->kind == Kind::part);
  CHECK(message->exchange == 0x1234567890abcdefULL);
  CHECK(message->body == std::string("é\0x", 4));
  const Error error = decode_error(encode_error({Code::busy, "Revenez.", "full"}));
  CHECK(error.code == Code::busy);
  CHECK(error.message == "Revenez.");
  CHECK(error.detail == "full");
}

TEST_CASE("bytes of chance are a message or a fault, never more") {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes(random() % 40, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    const auto message = decode(bytes);
    if (!message) CHECK(message.error().code == Code::bad_input);
    else CHECK(message->body.size() + 9 == bytes.size());
    CHECK(decode_error(bytes).code <= Code::internal);
  }
}
