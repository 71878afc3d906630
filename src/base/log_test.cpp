#include "base/log.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string>

using namespace beffroi;

namespace {

// What `act` writes on standard error.
template <class Act>
std::string on_stderr(const Act& act) {
  std::array<int, 2> pipe{};
  REQUIRE(::pipe(pipe.data()) == 0);
  std::fflush(stderr);
  const int kept = ::dup(STDERR_FILENO);
  ::dup2(pipe[1], STDERR_FILENO);
  act();
  std::fflush(stderr);
  ::dup2(kept, STDERR_FILENO);
  ::close(kept), ::close(pipe[1]);
  std::array<char, 4096> buffer{};
  const ssize_t count = ::read(pipe[0], buffer.data(), buffer.size());
  ::close(pipe[0]);
  return {buffer.data(), count > 0 ? static_cast<std::size_t>(count) : 0};
}

}  // namespace

TEST_CASE("an event is one line of JSON, whatever its values hold") {
  const std::string line = on_stderr([] { log::warn("disk_full", {{"detail", "a \"b\" \\ c\nd\x01"}}); });
  CHECK(line.starts_with("{\"time\":\""));
  CHECK(line.ends_with("\"level\":\"warning\",\"event\":\"disk_full\",\"detail\":\"a \\\"b\\\" \\\\ c\\u000ad\\u0001\"}\n"));
  CHECK(line.find('\n') == line.size() - 1);
}

TEST_CASE("warnings and errors are counted, and nothing else") {
  const log::Counts before = log::counts();
  (void)on_stderr([] {
    log::info("started");
    log::warn("odd");
    log::error("broken");
    log::error("broken");
  });
  CHECK(log::counts().warnings == before.warnings + 1);
  CHECK(log::counts().errors == before.errors + 2);
}
