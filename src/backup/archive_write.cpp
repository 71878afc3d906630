#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <cerrno>
#include <cstring>
#include <memory>

#include "backup/archive.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

namespace {

constexpr int kFastDeflate = 3;  // databases shrink well at once; more effort gains little

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};

tl::unexpected<Error> cannot_write(const fs::path& target, std::string_view detail, int reason) {
  const bool full = reason == ENOSPC || reason == EDQUOT || reason == EFBIG;
  return fail(Code::storage,
              full ? "Le disque est plein\u00a0: la sauvegarde n’a pas été faite, libérez de la place puis recommencez."
                   : fmt::format("Impossible d’écrire «\u00a0{}\u00a0»\u00a0: vérifiez le dossier et les droits.", target.string()),
              std::string(detail));
}

tl::unexpected<Error> cannot_write(const fs::path& target, zip_t* archive) {
  zip_error_t* error = zip_get_error(archive);
  const int reason = zip_error_system_type(error) == ZIP_ET_SYS ? zip_error_code_system(error) : 0;
  return cannot_write(target, zip_error_strerror(error), reason);
}

Status add(zip_t* archive, const Packed& packed, const fs::path& target) {
  zip_source_t* source = zip_source_file(archive, packed.file.c_str(), 0, -1);
  const zip_int64_t index = source == nullptr ? -1 : zip_file_add(archive, packed.path.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return cannot_write(target, archive);
  }
  if (zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), ZIP_CM_DEFLATE, kFastDeflate) != 0)
    return cannot_write(target, archive);
  return {};
}

// libzip writes beside `path` and renames; what it leaves when it fails it removes.
Status write_zip(const fs::path& path, const std::vector<Packed>& files) {
  int fault = 0;
  std::unique_ptr<zip_t, Discard> archive(zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &fault));
  if (archive == nullptr) return cannot_write(path, fmt::format("libzip {}", fault), errno);
  for (const Packed& packed : files) BEFFROI_CHECK(add(archive.get(), packed, path));
  if (zip_close(archive.get()) != 0) return cannot_write(path, archive.get());
  static_cast<void>(archive.release());
  return {};
}

}  // namespace

Status write_archive(const fs::path& path, const std::vector<Packed>& files) {
  BEFFROI_CHECK(write_zip(path, files));
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fchmod(descriptor, 0600) == 0 && ::fsync(descriptor) == 0;
  const int reason = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (synced) return {};
  return cannot_write(path, std::strerror(reason), reason);
}

}  // namespace beffroi::backup
