// Who works in a folder: any number of programs that serve and ask, or one alone that moves or replaces what is there.
// Held by the file <folder>/.lock (flock): a program that dies gives it back.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace beffroi::tenants {

class FolderLock {
 public:
  enum class Kind { shared, alone };
  // Does not wait. Code::busy when somebody works there alone, or, for `alone`, when anybody does; Code::storage.
  [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder, Kind kind);
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  explicit FolderLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace beffroi::tenants
