#include "base/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace beffroi {

namespace {

// Closes the descriptor whatever happens.
struct Descriptor {
  int fd = -1;
  explicit Descriptor(int opened) : fd(opened) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd >= 0) ::close(fd);
  }
};

tl::unexpected<Error> system_failure(const std::filesystem::path& path, std::string_view action) {
  const int reason = errno;
  const Code code = reason == ENOENT ? Code::not_found : Code::storage;
  std::string advice;
  if (reason == ENOENT) advice = "le fichier n’existe pas";
  else if (reason == ENOSPC || reason == EDQUOT) advice = "le disque est plein, libérez de la place puis recommencez";
  else if (reason == EACCES || reason == EPERM || reason == EROFS) advice = "l’accès est refusé, vérifiez les droits";
  else if (reason == EISDIR) advice = "c’est un dossier, un fichier était attendu";
  else advice = "le système a refusé l’opération";
  return fail(code, fmt::format("Impossible {} «\u00a0{}\u00a0»\u00a0: {}.", action, path.string(), advice),
              fmt::format("{}: {}", path.string(), std::strerror(reason)));
}

Status write_all(int fd, std::string_view content, const std::filesystem::path& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return system_failure(path, "d’écrire");
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fsync(fd) != 0) return system_failure(path, "d’écrire");
  return {};
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t limit_bytes) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return system_failure(path, "de lire");
  std::string content;
  std::string buffer(1 << 16, '\0');
  while (true) {
    const ssize_t got = ::read(file.fd, buffer.data(), buffer.size());
    if (got < 0) {
      if (errno == EINTR) continue;
      return system_failure(path, "de lire");
    }
    if (got == 0) return content;
    if (content.size() + static_cast<std::size_t>(got) > limit_bytes) {
      return fail(Code::too_large, fmt::format("«\u00a0{}\u00a0» dépasse la limite de {} octets.", path.string(), limit_bytes));
    }
    content.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

Status write_file_atomically(const std::filesystem::path& path, std::string_view content) {
  std::string temporary = path.string() + ".XXXXXX";
  Descriptor file(::mkostemp(temporary.data(), O_CLOEXEC));
  if (file.fd < 0) return system_failure(path, "d’écrire");
  Status written = write_all(file.fd, content, path);
  if (written && ::fchmod(file.fd, 0640) != 0) written = system_failure(path, "d’écrire");
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0) written = system_failure(path, "d’écrire");
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  // The rename itself must survive a power cut: sync the folder that records it.
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.fd >= 0) ::fsync(directory.fd);
  return {};
}

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd < 0) return system_failure(path, "d’ouvrir");
  struct stat info{};
  if (::fstat(file.fd, &info) != 0) return system_failure(path, "d’ouvrir");
  MappedFile mapped;
  if (info.st_size == 0) return mapped;
  void* address = ::mmap(nullptr, static_cast<std::size_t>(info.st_size), PROT_READ, MAP_SHARED, file.fd, 0);
  if (address == MAP_FAILED) return system_failure(path, "d’ouvrir");
  mapped.data_ = static_cast<const std::byte*>(address);
  mapped.size_ = static_cast<std::size_t>(info.st_size);
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<std::byte*>(data_), size_);
}

}  // namespace beffroi
