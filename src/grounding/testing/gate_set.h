// For tests only: the sentences of tests/quality/gate, whose README says what the columns are.
#pragma once

#include <doctest/doctest.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"

namespace beffroi::grounding::testing {

struct GateCase {
  bool keep = false;                  // a true rewording
  std::string change;                 // what was swapped in a false one
  std::vector<std::string> cited;     // the sources
  std::string shown;
};

inline std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t from = 0;
  for (std::size_t at; (at = text.find(separator, from)) != std::string::npos; from = at + separator.size()) {
    parts.push_back(text.substr(from, at - from));
  }
  parts.push_back(text.substr(from));
  return parts;
}

inline std::filesystem::path gate_set_path() {
  return std::filesystem::path(BEFFROI_SOURCE_DIR) / "tests" / "quality" / "gate" / "gate.tsv";
}

inline std::vector<GateCase> read_gate_set(const std::filesystem::path& path) {
  const auto content = read_file(path);
  REQUIRE(content);
  std::vector<GateCase> out;
  std::istringstream lines(*content);
  for (std::string line; std::getline(lines, line);) {
    auto fields = split(line, "\t");
    REQUIRE(fields.size() == 4);
    out.push_back({fields[0] == "keep", std::move(fields[1]), split(fields[2], " ‖ "), std::move(fields[3])});
  }
  return out;
}

}  // namespace beffroi::grounding::testing
