#include "search/trees.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <limits>
#include <sstream>
#include <string>

#include "base/files.h"

using namespace beffroi;
using namespace beffroi::search;

// src/search/golden is written by tools/train/make_golden.py.
TEST_CASE("trees give what LightGBM gives, missing values included") {
  const auto golden = std::filesystem::path(BEFFROI_SOURCE_DIR) / "src" / "search" / "golden";
  const Trees trees = Trees::parse(read_file(golden / "model.txt").value()).value();
  REQUIRE(trees.feature_names().size() == 5);
  CHECK(trees.feature_names()[1] == "meaning");
  std::istringstream lines(read_file(golden / "predictions.tsv").value());
  std::size_t rows = 0, missing = 0;
  for (std::string line; std::getline(lines, line); ++rows) {
    std::vector<float> values;
    std::istringstream cells(line);
    std::string cell;
    for (int at = 0; at < 5; ++at) {
      REQUIRE(std::getline(cells, cell, '\t'));
      missing += cell.empty() ? 1 : 0;
      values.push_back(cell.empty() ? std::numeric_limits<float>::quiet_NaN() : std::stof(cell));
    }
    REQUIRE(std::getline(cells, cell, '\t'));
    CHECK(trees.predict(values) == doctest::Approx(std::stod(cell)).epsilon(1e-12));
  }
  CHECK(rows == 40);
  CHECK(missing > 5);
}
