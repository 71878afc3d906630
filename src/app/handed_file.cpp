#include "app/handed_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <cstring>

namespace beffroi::app {

Result<HandedFile> HandedFile::open(const std::filesystem::path& path) {
  HandedFile made;
  if (path.empty()) return made;
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor >= 0) made.file_.reset(::fdopen(descriptor, "wb"));
  if (made.file_) return made;
  return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» existe déjà ou ne peut pas être écrit.", path.string()), std::strerror(errno));
}

Status HandedFile::write(std::string_view piece) {
  std::FILE* const to = file_ ? file_.get() : stdout;
  if (std::fwrite(piece.data(), 1, piece.size(), to) == piece.size() && std::fflush(to) == 0) return {};
  return fail(Code::storage, "Le fichier n’a pas pu être écrit en entier\u00a0: vérifiez la place.", std::strerror(errno));
}

Status hand_out(const std::filesystem::path& path, std::string_view text) {
  HandedFile file = BEFFROI_TRY(HandedFile::open(path));
  return file.write(text);
}

}  // namespace beffroi::app
