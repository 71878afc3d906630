#include "llm/llama/memory_need.h"

#include <doctest/doctest.h>

#include <fstream>

#include "base/testing.h"
#include "llm/llama/loaded_model.h"
#include "llm/llama/testing/tiny_model.h"

using namespace beffroi;
using namespace beffroi::llm;
using beffroi::testing::TemporaryFolder;
using llama::available_memory;
using llama::fits;
using llama::need_of;

namespace {

struct Machine {
  TemporaryFolder folder;
  std::filesystem::path proc = folder.path() / "proc", groups = folder.path() / "groups";
  Machine() {
    std::filesystem::create_directories(proc / "self");
    std::filesystem::create_directories(groups / "service/beffroi");
    write(proc / "meminfo", "MemTotal: 4000 kB\nMemFree: 10 kB\nMemAvailable:    2000 kB\n");
    write(proc / "self/cgroup", "0::/service/beffroi\n");
  }
  static void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file) << text; }
  [[nodiscard]] std::optional<std::size_t> available() const { return available_memory(proc, groups); }
};

}  // namespace

TEST_CASE("what may still be taken is the machine's, or less when the group allows less") {
  const Machine machine;
  CHECK(machine.available() == 2'048'000);
  Machine::write(machine.groups / "service/beffroi/memory.max", "max\n");
  Machine::write(machine.groups / "service/beffroi/memory.current", "1000\n");
  CHECK(machine.available() == 2'048'000);
  Machine::write(machine.groups / "service/beffroi/memory.max", "1500000\n");
  CHECK(machine.available() == 1'499'000);
  Machine::write(machine.groups / "service/beffroi/memory.max", "500\n");
  CHECK(machine.available() == 0);
  std::filesystem::remove(machine.proc / "meminfo");
  std::filesystem::remove(machine.proc / "self/cgroup");
  CHECK_FALSE(machine.available());
}

TEST_CASE("what does not fit is refused with both figures; where nothing is told, nothing is refused") {
  CHECK(fits(1'000'000'000, 2'000'000'000));
  CHECK(fits(1'000'000'000, std::nullopt));
  const auto refused = fits(2'100'000'000, 1'240'000'000);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::unavailable);
  CHECK(refused.error().message.find("2,1\u00a0Go") != std::string::npos);
  CHECK(refused.error().message.find("1,2\u00a0Go") != std::string::npos);
}

TEST_CASE("the context takes what its tokens take") {
  const TemporaryFolder folder;
  const auto file = folder.path() / "tiny.gguf";
  llama::testing::write_tiny_model(file);
  const auto model = llama::LoadedModel::load(file);
  REQUIRE(model);
  const auto one = need_of((*model)->get(), 5000, {1000, 64, 8}, 700);
  const auto two = need_of((*model)->get(), 5000, {2000, 64, 8}, 700);
  CHECK(one.context > 0);
  CHECK(two.context == 2 * one.context);
  CHECK(one.weights == 5000);
  CHECK(one.total() == one.weights + one.context + one.working + 700);
}
