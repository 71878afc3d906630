#include "backup/archive.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "crypto/digest.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPieceBytes = 1 << 20;
constexpr zip_int64_t kMaxEntries = 5'000'000;

struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};

tl::unexpected<Error> damaged(std::string_view why, std::string detail = {}) {
  return fail(Code::bad_input, fmt::format("La sauvegarde est abîmée ou n’en est pas une\u00a0: {}. Rien n’a été changé.", why),
              std::move(detail));
}

bool is_link(zip_t* archive, zip_uint64_t index) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0) return true;
  const unsigned kind = (attributes >> 16) & S_IFMT;
  return system == ZIP_OPSYS_UNIX && kind != 0 && kind != S_IFREG;
}

}  // namespace

struct Archive::Parts {
  zip_t* archive = nullptr;
  std::map<std::string, std::int64_t, std::less<>> sizes;

  Parts() = default;
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;
  ~Parts() {
    if (archive != nullptr) zip_discard(archive);
  }

  Status note(zip_uint64_t index) {
    zip_stat_t stat;
    if (zip_stat_index(archive, index, ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW, &stat) != 0) return damaged("un fichier n’a pas d’en-tête");
    constexpr zip_uint64_t kNeeded = ZIP_STAT_NAME | ZIP_STAT_SIZE;
    if ((stat.valid & kNeeded) != kNeeded || stat.size > INT64_MAX / 2) return damaged("un fichier n’a pas de taille");
    const std::string_view name = stat.name;
    if (!is_entry_path(name)) return damaged("elle contient un fichier qui n’y a pas sa place");
    if (is_link(archive, index)) return damaged("elle contient un lien");
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE) return damaged("un fichier est chiffré");
    if (!sizes.emplace(name, static_cast<std::int64_t>(stat.size)).second) return damaged("un nom y vient deux fois");
    return {};
  }

  // Gives the bytes in pieces; the length must be the one declared.
  Status each_piece(std::string_view path, const std::function<Status(std::string_view)>& take) const {
    const auto declared = sizes.find(path);
    if (declared == sizes.end()) return damaged(fmt::format("il manque «\u00a0{}\u00a0»", path));
    const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen(archive, declared->first.c_str(), ZIP_FL_UNCHANGED | ZIP_FL_ENC_RAW));
    if (file == nullptr) return damaged(fmt::format("«\u00a0{}\u00a0» ne peut pas être lu", path), zip_strerror(archive));
    std::string piece(kPieceBytes, '\0');
    std::int64_t total = 0;
    while (true) {
      const zip_int64_t got = zip_fread(file.get(), piece.data(), piece.size());
      if (got < 0) return damaged(fmt::format("«\u00a0{}\u00a0» ne peut pas être lu", path), zip_file_strerror(file.get()));
      if (got == 0) break;
      total += got;
      if (total > declared->second) return damaged(fmt::format("«\u00a0{}\u00a0» n’a pas la taille annoncée", path));
      BEFFROI_CHECK(take(std::string_view(piece.data(), static_cast<std::size_t>(got))));
    }
    if (total != declared->second) return damaged(fmt::format("«\u00a0{}\u00a0» n’a pas la taille annoncée", path));
    return {};
  }
};

Archive::Archive(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Archive::Archive(Archive&&) noexcept = default;
Archive& Archive::operator=(Archive&&) noexcept = default;
Archive::~Archive() = default;

Result<Archive> Archive::open(const fs::path& file) {
  auto parts = std::make_unique<Parts>();
  int fault = 0;
  parts->archive = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &fault);
  if (parts->archive == nullptr) {
    if (fault == ZIP_ER_NOENT) return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» n’existe pas.", file.string()));
    if (fault == ZIP_ER_OPEN)
      return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être ouvert\u00a0: vérifiez les droits.", file.string()));
    return damaged("ce n’est pas une archive zip entière", fmt::format("libzip {}", fault));
  }
  const zip_int64_t count = zip_get_num_entries(parts->archive, 0);
  if (count > kMaxEntries) return damaged("elle contient trop de fichiers");
  for (zip_int64_t i = 0; i < count; ++i) BEFFROI_CHECK(parts->note(static_cast<zip_uint64_t>(i)));
  return Archive(std::move(parts));
}

const std::map<std::string, std::int64_t, std::less<>>& Archive::entries() const { return parts_->sizes; }

Result<std::string> Archive::read(std::string_view path, std::int64_t limit_bytes) const {
  std::string content;
  BEFFROI_CHECK(parts_->each_piece(path, [&](std::string_view piece) -> Status {
    if (static_cast<std::int64_t>(content.size() + piece.size()) > limit_bytes)
      return fail(Code::too_large, fmt::format("«\u00a0{}\u00a0» dépasse {} octets dans la sauvegarde.", path, limit_bytes));
    content += piece;
    return {};
  }));
  return content;
}

Result<std::string> Archive::extract(std::string_view path, const fs::path& target) const {
  const int descriptor = ::open(target.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  const auto refused = [&](int reason) {
    return fail(Code::storage,
                reason == ENOSPC || reason == EDQUOT || reason == EFBIG
                    ? "Le disque est plein\u00a0: rien n’a été restauré, libérez de la place puis recommencez."
                    : fmt::format("Impossible d’écrire «\u00a0{}\u00a0»\u00a0: vérifiez le dossier et les droits.", target.string()),
                std::strerror(reason));
  };
  if (descriptor < 0) return refused(errno);
  crypto::Sha256 hash;
  Status done = parts_->each_piece(path, [&](std::string_view piece) -> Status {
    hash.add(piece);
    while (!piece.empty()) {
      const ssize_t written = ::write(descriptor, piece.data(), piece.size());
      if (written < 0 && errno != EINTR) return refused(errno);
      if (written > 0) piece.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
  });
  if (done && ::fsync(descriptor) != 0) done = refused(errno);
  ::close(descriptor);
  if (!done) return tl::unexpected<Error>(std::move(done).error());
  return hash.hex();
}

}  // namespace beffroi::backup
