// Who works in a home folder: any number of programs that serve and ask, or one alone that moves or replaces the data.
// Held by the file <home>/.lock (flock): a program that dies gives it back.
#pragma once

#include <filesystem>

#include "base/result.h"

namespace beffroi::tenants {

class HomeLock {
 public:
  enum class Kind { shared, alone };
  // Does not wait. Code::busy when somebody works there alone, or, for `alone`, when anybody does; Code::storage.
  [[nodiscard]] static Result<HomeLock> take(const std::filesystem::path& home, Kind kind);
  HomeLock(HomeLock&& other) noexcept;
  HomeLock& operator=(HomeLock&& other) noexcept;
  ~HomeLock();

 private:
  explicit HomeLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

}  // namespace beffroi::tenants
