#include "tenants/folder_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace beffroi::tenants {

Result<FolderLock> FolderLock::take(const std::filesystem::path& folder, Kind kind) {
  const std::filesystem::path file = folder / ".lock";
  FolderLock lock(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640));
  if (lock.descriptor_ < 0) {
    return fail(Code::storage, fmt::format("Impossible d’ouvrir «\u00a0{}\u00a0»\u00a0: vérifiez le dossier et les droits.", file.string()),
                std::strerror(errno));
  }
  const int operation = (kind == Kind::alone ? LOCK_EX : LOCK_SH) | LOCK_NB;
  while (::flock(lock.descriptor_, operation) != 0) {
    if (errno == EINTR) continue;
    if (errno == EWOULDBLOCK && kind == Kind::alone)
      return fail(Code::busy,
                  fmt::format("Beffroi travaille dans «\u00a0{}\u00a0»\u00a0: arrêtez le service, puis recommencez.", folder.string()));
    if (errno == EWOULDBLOCK)
      return fail(Code::busy,
                  fmt::format("Les données de «\u00a0{}\u00a0» sont en cours de restauration ou de déplacement.", folder.string()));
    return fail(Code::storage, fmt::format("Impossible de réserver «\u00a0{}\u00a0».", folder.string()), std::strerror(errno));
  }
  return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FolderLock::~FolderLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace beffroi::tenants
