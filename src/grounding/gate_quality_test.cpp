// The figures of the gate on tests/quality/gate/gate.tsv, or on the file named by BEFFROI_GATE_SET.
#include <doctest/doctest.h>
#include <fmt/core.h>

#include <cstdlib>
#include <filesystem>
#include <map>

#include "grounding/gate.h"
#include "grounding/testing/gate_set.h"

using namespace beffroi;
using namespace beffroi::grounding;

namespace {

struct Case {
  bool keep = false;
  std::string change;
  std::vector<CitedSentence> cited;
  std::string shown;
};

std::vector<Case> cases() {
  const char* other = std::getenv("BEFFROI_GATE_SET");
  std::vector<Case> out;
  for (auto& read : testing::read_gate_set(other != nullptr ? std::filesystem::path(other) : testing::gate_set_path())) {
    Case one{read.keep, std::move(read.change), {}, std::move(read.shown)};
    for (auto& source : read.cited) one.cited.push_back({std::move(source), {}});
    out.push_back(std::move(one));
  }
  return out;
}

struct Tally {
  int total = 0, right = 0;
};

}  // namespace

TEST_CASE("false sentences are caught at 99 %, true rewordings kept at 80 %") {
  std::map<std::string, Tally> by_change;
  Tally refuse, keep;
  const bool tell = std::getenv("BEFFROI_TELL") != nullptr;
  for (const auto& one : cases()) {
    const Decision decision = check(one.shown, one.cited);
    const bool right = one.keep == (decision.verdict != Verdict::refused);
    auto& all = one.keep ? keep : refuse;
    auto& change = by_change[(one.keep ? "keep " : "refuse ") + one.change];
    ++all.total, ++change.total;
    if (right) ++all.right, ++change.right;
    if (!right && tell) {
      fmt::print("[{} {}] {} {}\n  source: {}\n  shown:  {}\n", one.keep ? "keep" : "refuse", one.change, name_of(decision.reason),
                 decision.detail, one.cited.front().text, one.shown);
    }
  }
  for (const auto& [change, tally] : by_change) fmt::print("  {:28} {:4} / {}\n", change, tally.right, tally.total);
  fmt::print("gate: caught {} / {}, kept {} / {}\n", refuse.right, refuse.total, keep.right, keep.total);
  CHECK(refuse.right * 100 >= refuse.total * 99);
  CHECK(keep.right * 100 >= keep.total * 80);
}
