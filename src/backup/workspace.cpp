#include "backup/workspace.h"

#include <system_error>

#include "tenants/storage.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

Result<Workspace> Workspace::open(const fs::path& folder) {
  BEFFROI_CHECK(tenants::make_folder(folder));
  std::error_code fault;
  fs::permissions(folder, fs::perms::owner_all, fault);
  auto lock = tenants::FolderLock::take(folder, tenants::FolderLock::Kind::alone);
  if (!lock && lock.error().code == Code::busy) return fail(Code::busy, "Une autre sauvegarde vers ce fichier est en cours.");
  if (!lock) return tl::unexpected<Error>(std::move(lock).error());
  for (const auto& left : fs::directory_iterator(folder, fault)) {
    if (left.path().filename() != ".lock") fs::remove_all(left.path(), fault);
  }
  return Workspace(folder, std::move(*lock));
}

Workspace::~Workspace() {
  if (!lock_) return;
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

}  // namespace beffroi::backup
