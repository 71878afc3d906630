// A zip file, written, and read with suspicion.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "backup/manifest.h"
#include "base/result.h"

namespace beffroi::backup {

struct Packed {
  std::string path;               // in the archive
  std::filesystem::path file;     // on the disk; read when the archive is written
};

// Writes the archive and syncs it (mode 600). Code::storage: disk full, rights; what was begun stays in the folder of `path`, for the
// caller to remove.
[[nodiscard]] Status write_archive(const std::filesystem::path& path, const std::vector<Packed>& files);

// An archive open for reading: a name comes once, and is one of manifest.h. Links and encrypted files are refused.
// Code::bad_input, Code::not_found. One thread.
class Archive {
 public:
  [[nodiscard]] static Result<Archive> open(const std::filesystem::path& file);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) noexcept;
  ~Archive();

  // Declared sizes, by name.
  [[nodiscard]] const std::map<std::string, std::int64_t, std::less<>>& entries() const;
  // Code::bad_input when damaged or longer than declared, Code::too_large over `limit_bytes`.
  [[nodiscard]] Result<std::string> read(std::string_view path, std::int64_t limit_bytes) const;
  // Writes the file (mode 600) and gives its SHA-256. Code::bad_input when damaged or of another length than declared.
  [[nodiscard]] Result<std::string> extract(std::string_view path, const std::filesystem::path& target) const;

 private:
  struct Parts;
  explicit Archive(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace beffroi::backup
