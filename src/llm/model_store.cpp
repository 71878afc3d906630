#include "llm/model_store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "base/files.h"
#include "llm/sha256.h"
#include "llm/store/fetch_file.h"
#include "llm/store/join_parts.h"
#include "llm/store/part_file.h"

namespace beffroi::llm {

namespace fs = std::filesystem;

namespace {

fs::path seal_of(const fs::path& file) { return file.string() + ".sha256"; }

// As sha256sum writes and checks it.
std::string seal_text(const CatalogueEntry& model) { return fmt::format("{}  {}.gguf\n", model.sha256, model.id); }

// 0 when there is no such file.
std::int64_t size_of(const fs::path& file) {
  std::error_code fault;
  const auto size = fs::file_size(file, fault);
  return fault ? 0 : static_cast<std::int64_t>(size);
}

Result<std::string> hash_of(const fs::path& file, std::int64_t bytes, const OnProgress& on_progress, const std::stop_token& stop) {
  return sha256_of_file(
      file, {0, bytes},
      [&](std::int64_t done) {
        if (on_progress) on_progress(Stage::verifying, done, bytes);
      },
      stop);
}

}  // namespace

Result<ModelHold> ModelHold::take(const fs::path& model) {
  const int fd = ::open(model.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat info{};
  // Waits for a removal under way, which is short, then looks whether the file is still there.
  const bool held = fd >= 0 && ::flock(fd, LOCK_SH) == 0 && ::fstat(fd, &info) == 0 && info.st_nlink > 0;
  if (held) return ModelHold(fd);
  if (fd >= 0) ::close(fd);
  return fail(Code::not_found, fmt::format("Le modèle «\u00a0{}\u00a0» n’est plus là.", model.filename().string()));
}

ModelHold::ModelHold(ModelHold&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
ModelHold& ModelHold::operator=(ModelHold&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
ModelHold::~ModelHold() {
  if (fd_ >= 0) ::close(fd_);
}

Result<CatalogueEntry> ModelStore::entry(std::string_view id) const {
  const auto found = std::find_if(catalogue_.begin(), catalogue_.end(), [id](const CatalogueEntry& model) { return model.id == id; });
  if (found != catalogue_.end()) return *found;
  return fail(Code::invalid_argument,
              fmt::format("Aucun modèle ne s’appelle «\u00a0{}\u00a0»\u00a0: «\u00a0beffroi models list\u00a0» les montre.", id));
}

fs::path ModelStore::file_of(const CatalogueEntry& model) const { return places_.models / (model.id + ".gguf"); }

ModelState ModelStore::state_of(const CatalogueEntry& model) const {
  const fs::path file = file_of(model);
  ModelState state;
  std::error_code ignored;
  if (!fs::is_regular_file(file, ignored)) {
    state.bytes = size_of(store::PartFile::path_of(file));
    state.presence = state.bytes > 0 ? Presence::partial : Presence::absent;
    return state;
  }
  state.bytes = size_of(file);
  const Result<std::string> seal = read_file(seal_of(file), 4096);
  state.presence = seal && *seal == seal_text(model) && state.bytes == model.size_bytes ? Presence::installed : Presence::unverified;
  const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) {
    state.in_use = ::flock(fd, LOCK_EX | LOCK_NB) != 0;
    ::close(fd);
  }
  return state;
}

Result<fs::path> ModelStore::path_of(std::string_view id) const {
  const CatalogueEntry model = BEFFROI_TRY(entry(id));
  if (state_of(model).presence == Presence::installed) return file_of(model);
  return fail(
      Code::unavailable,
      fmt::format("Le modèle «\u00a0{}\u00a0» n’est pas installé\u00a0: «\u00a0beffroi models install {}\u00a0» l’installe.", id, id));
}

Result<bool> ModelStore::install(std::string_view id, const OnProgress& on_progress, const std::stop_token& stop) const {
  const CatalogueEntry model = BEFFROI_TRY(entry(id));
  const ModelState state = state_of(model);
  if (state.presence == Presence::installed) return false;
  if (state.presence == Presence::unverified) {
    BEFFROI_CHECK(verify(model, on_progress, stop));
    return true;
  }
  std::error_code fault;
  fs::create_directories(places_.models, fault);
  store::PartFile part = BEFFROI_TRY(store::PartFile::open(file_of(model)));
  BEFFROI_CHECK(store::check_room(places_.models, model.size_bytes - part.size_bytes()));
  BEFFROI_CHECK(model.parts.empty() ? store::fetch_file(model, part, on_progress, stop, places_.stall_timeout)
                                    : store::join_parts(model, places_.pieces, part, on_progress, stop));
  const std::string found = BEFFROI_TRY(hash_of(part.path(), part.size_bytes(), on_progress, stop));
  if (found != model.sha256) {
    part.drop();
    return fail(
        Code::bad_input,
        fmt::format(
            "Le fichier reçu n’est pas le modèle «\u00a0{}\u00a0»\u00a0: son empreinte SHA-256 est {} au lieu de {}. Il a été supprimé.",
            id, found, model.sha256));
  }
  BEFFROI_CHECK(part.keep());
  BEFFROI_CHECK(write_file_atomically(seal_of(file_of(model)), seal_text(model)));
  return true;
}

Status ModelStore::verify(const CatalogueEntry& model, const OnProgress& on_progress, const std::stop_token& stop) const {
  const fs::path file = file_of(model);
  const std::int64_t bytes = size_of(file);
  std::string found = "(taille différente)";
  if (bytes == model.size_bytes) found = BEFFROI_TRY(hash_of(file, bytes, on_progress, stop));
  if (found == model.sha256) return write_file_atomically(seal_of(file), seal_text(model));
  std::error_code ignored;
  fs::remove(seal_of(file), ignored);
  return fail(
      Code::bad_input,
      fmt::format(
          "«\u00a0{}\u00a0» n’est pas le modèle attendu, ou a été abîmé\u00a0: «\u00a0beffroi models remove {}\u00a0» le retire, puis installez-le de nouveau.",
          file.string(), model.id),
      fmt::format("sha256 {}, wanted {}", found, model.sha256));
}

Status ModelStore::remove(std::string_view id) const {
  const CatalogueEntry model = BEFFROI_TRY(entry(id));
  const fs::path file = file_of(model);
  const ModelState state = state_of(model);
  if (state.presence == Presence::absent) return fail(Code::not_found, fmt::format("Le modèle «\u00a0{}\u00a0» n’est pas installé.", id));
  const fs::path target = state.presence == Presence::partial ? store::PartFile::path_of(file) : file;
  const int fd = ::open(target.c_str(), O_RDONLY | O_CLOEXEC);
  const bool ours = fd >= 0 && ::flock(fd, LOCK_EX | LOCK_NB) == 0;
  std::error_code fault;
  if (ours) {
    fs::remove(seal_of(file), fault);
    fs::remove(target, fault);
  }
  if (fd >= 0) ::close(fd);
  if (!ours)
    return fail(Code::conflict,
                fmt::format("Le modèle «\u00a0{}\u00a0» est utilisé en ce moment\u00a0: arrêtez le service puis recommencez.", id));
  if (fault)
    return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» ne peut pas être supprimé\u00a0: vérifiez les droits.", target.string()),
                fault.message());
  return {};
}

Status ModelStore::check(std::string_view id, const OnProgress& on_progress, const std::stop_token& stop) const {
  const CatalogueEntry model = BEFFROI_TRY(entry(id));
  const Presence presence = state_of(model).presence;
  if (presence == Presence::installed || presence == Presence::unverified) return verify(model, on_progress, stop);
  return fail(Code::not_found, fmt::format("Le modèle «\u00a0{}\u00a0» n’est pas installé.", id));
}

}  // namespace beffroi::llm
