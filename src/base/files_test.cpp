#include "base/files.h"

#include <doctest/doctest.h>

#include "base/testing.h"

using namespace beffroi;

TEST_CASE("a file written atomically is read back whole and leaves no temporary") {
  testing::TemporaryFolder folder;
  const auto path = folder.path() / "note.txt";
  REQUIRE(write_file_atomically(path, "première version"));
  REQUIRE(write_file_atomically(path, "seconde version"));
  CHECK(read_file(path).value() == "seconde version");
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) files += entry.is_regular_file() ? 1 : 0;
  CHECK(files == 1);
}

TEST_CASE("a missing file and a file over the limit are told apart, in French") {
  testing::TemporaryFolder folder;
  const auto missing = read_file(folder.path() / "absent");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == Code::not_found);
  CHECK(missing.error().message.find("n’existe pas") != std::string::npos);
  REQUIRE(write_file_atomically(folder.path() / "big", std::string(100, 'x')));
  CHECK(read_file(folder.path() / "big", 99).error().code == Code::too_large);
}

TEST_CASE("a write into a folder that does not exist fails without leaving anything") {
  testing::TemporaryFolder folder;
  CHECK_FALSE(write_file_atomically(folder.path() / "no" / "such" / "file", "x"));
  CHECK(std::filesystem::is_empty(folder.path()));
}

TEST_CASE("an empty file maps to no bytes") {
  testing::TemporaryFolder folder;
  REQUIRE(write_file_atomically(folder.path() / "empty", ""));
  CHECK(MappedFile::open(folder.path() / "empty")->bytes().empty());
}
