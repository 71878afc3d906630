#include "llm/store/part_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "llm/catalogue.h"

namespace beffroi::llm::store {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kRoomToLive = 256LL << 20;  // left to the rest of the machine

bool is_lack_of_room(int reason) { return reason == ENOSPC || reason == EDQUOT || reason == EFBIG; }

}  // namespace

PartFile::PartFile(fs::path target, int fd, std::int64_t size)
    : target_(std::move(target)), part_(path_of(target_)), fd_(fd), size_(size) {}
PartFile::PartFile(PartFile&& other) noexcept
    : target_(std::move(other.target_)), part_(std::move(other.part_)), fd_(std::exchange(other.fd_, -1)), size_(other.size_) {}
PartFile::~PartFile() {
  if (fd_ < 0) return;
  if (size_ == 0) drop();  // nothing to go on from
  ::close(fd_);
}

fs::path PartFile::path_of(const fs::path& target) { return target.string() + ".part"; }

Result<PartFile> PartFile::open(const fs::path& target) {
  const fs::path part = path_of(target);
  const int fd = ::open(part.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (fd < 0) {
    return fail(Code::storage,
                fmt::format("«\u00a0{}\u00a0» ne peut pas être écrit\u00a0: vérifiez la place et les droits.", part.string()),
                std::strerror(errno));
  }
  struct stat info{};
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0 || ::fstat(fd, &info) != 0) {
    ::close(fd);
    return fail(Code::conflict, "Une autre installation de ce modèle est en cours\u00a0: laissez-la finir.");
  }
  return PartFile(target, fd, info.st_size);
}

Status PartFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd_, bytes.data(), bytes.size(), size_);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return refused();
    size_ += written;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

Status PartFile::cut_to(std::int64_t bytes) {
  if (::ftruncate(fd_, bytes) != 0) return refused();
  size_ = bytes;
  return {};
}

Status PartFile::sync() {
  if (::fsync(fd_) != 0) return refused();
  return {};
}

Status PartFile::keep() {
  BEFFROI_CHECK(sync());
  if (::rename(part_.c_str(), target_.c_str()) != 0) return refused();
  // The rename itself must survive a power cut.
  const int folder = ::open(target_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return {};
}

void PartFile::drop() { ::unlink(part_.c_str()); }

tl::unexpected<Error> PartFile::refused() {
  const int reason = errno;
  if (is_lack_of_room(reason)) {
    drop();
    return fail(
        Code::storage,
        "Le disque est plein\u00a0: le modèle n’est pas installé, et la place prise a été rendue. Libérez de la place puis recommencez.",
        std::strerror(reason));
  }
  return fail(Code::storage,
              fmt::format("«\u00a0{}\u00a0» ne peut pas être écrit\u00a0: vérifiez le disque et les droits.", part_.string()),
              std::strerror(reason));
}

Status check_room(const fs::path& folder, std::int64_t bytes) {
  struct statvfs disk{};
  if (bytes <= 0 || ::statvfs(folder.c_str(), &disk) != 0) return {};  // unknown: the writing will tell
  const auto free_bytes = static_cast<std::int64_t>(disk.f_bavail) * static_cast<std::int64_t>(disk.f_frsize);
  if (bytes <= free_bytes - kRoomToLive) return {};
  return fail(Code::storage, fmt::format("Il manque de la place sur le disque\u00a0: {} à écrire dans «\u00a0{}\u00a0», {} libres.",
                                         readable_size(bytes), folder.string(), readable_size(free_bytes)));
}

}  // namespace beffroi::llm::store
