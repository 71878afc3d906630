// Inside the room: the folder beside a backup in which it is prepared, removed with all it holds whatever happens. One at a time; what a
// killed program left is swept by the next one.
#pragma once

#include <filesystem>
#include <optional>
#include <utility>

#include "base/result.h"
#include "tenants/folder_lock.h"

namespace beffroi::backup {

class Workspace {
 public:
  // Code::busy when somebody else works there; Code::storage.
  [[nodiscard]] static Result<Workspace> open(const std::filesystem::path& folder);
  Workspace(Workspace&& other) noexcept : folder_(std::move(other.folder_)), lock_(std::exchange(other.lock_, std::nullopt)) {}
  Workspace& operator=(Workspace&&) = delete;
  ~Workspace();

  // Mode 700: what is prepared is as private as the backup.
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

 private:
  Workspace(std::filesystem::path folder, tenants::FolderLock lock) : folder_(std::move(folder)), lock_(std::move(lock)) {}
  std::filesystem::path folder_;
  std::optional<tenants::FolderLock> lock_;
};

}  // namespace beffroi::backup
