// For tests only: where the shared data sets are, and folders that clean up after themselves.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

namespace beffroi::testing {

// The folder of data sets kept outside the project (BEFFROI_DATA, else ../shared/data beside the repository).
// May not exist: the test then says so and skips.
inline std::filesystem::path data_folder() {
  if (const char* configured = std::getenv("BEFFROI_DATA")) return configured;
  return std::filesystem::path(BEFFROI_SOURCE_DIR) / ".." / "shared" / "data";
}

// Where tools/deps unpacked the pinned pieces. May not exist.
inline std::filesystem::path deps_folder() {
  if (const char* configured = std::getenv("BEFFROI_DEPS")) return configured;
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home != nullptr ? home : "/root") / ".cache" / "beffroi" / "deps";
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "beffroi-test-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace beffroi::testing
