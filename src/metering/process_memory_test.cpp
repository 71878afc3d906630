#include "metering/process_memory.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <vector>

using namespace beffroi::metering;

TEST_CASE("what a process takes is seen") {
  const auto before = process_memory_bytes(::getpid());
  REQUIRE(before);
  const std::vector<char> taken(64 << 20, 'a');
  CHECK(*process_memory_bytes(::getpid()) >= *before + (60 << 20));
  CHECK(taken.back() == 'a');
}

TEST_CASE("a process that is not there tells nothing") { CHECK_FALSE(process_memory_bytes(0x7FFFFFFF)); }
