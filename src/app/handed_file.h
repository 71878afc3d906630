// A file handed out to whoever typed the command: for its owner alone, and never over another file; or standard output. Only for cmd_*.cpp.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"

namespace beffroi::app {

class HandedFile {
 public:
  // Empty: standard output. Code::storage when it exists or cannot be made.
  [[nodiscard]] static Result<HandedFile> open(const std::filesystem::path& path);
  [[nodiscard]] Status write(std::string_view piece);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
};

// The whole at once.
[[nodiscard]] Status hand_out(const std::filesystem::path& path, std::string_view text);

}  // namespace beffroi::app
