#include "llm/store/served_form.h"

#include <fmt/format.h>

#include "base/files.h"
#include "llm/sha256.h"
#include "llm/store/part_file.h"

namespace beffroi::llm::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kHashLetters = 64;

std::int64_t size_of(const fs::path& file) {
  std::error_code fault;
  const auto size = fs::file_size(file, fault);
  return fault ? 0 : static_cast<std::int64_t>(size);
}

Result<std::string> hash_of(const fs::path& file, const OnProgress& on_progress, const std::stop_token& stop) {
  const std::int64_t bytes = size_of(file);
  return sha256_of_file(
      file, {0, bytes},
      [&](std::int64_t done) {
        if (on_progress) on_progress(Stage::verifying, done, bytes);
      },
      stop);
}

}  // namespace

ServedForm::ServedForm(const fs::path& models, const CatalogueEntry& model)
    : model_(model), file_(models / "served" / (model.id + ".gguf")) {}

// Read by sha256sum too, which passes over the second line.
std::string ServedForm::seal_text(const std::string& sha256, std::int64_t bytes) const {
  return fmt::format("{}  {}.gguf\n# {} bytes, {} of {}\n", sha256, model_.id, bytes, model_.served_form, model_.sha256);
}

bool ServedForm::is_made() const {
  const std::int64_t bytes = size_of(file_);
  const Result<std::string> seal = read_file(this->seal(), 4096);
  return bytes > 0 && seal && *seal == seal_text(seal->substr(0, kHashLetters), bytes);
}

Status ServedForm::make(const fs::path& source, const Requantise& requantise, const OnProgress& on_progress,
                        const std::stop_token& stop) const {
  std::error_code fault;
  fs::create_directories(file_.parent_path(), fault);
  PartFile part = BEFFROI_TRY(PartFile::open(file_));
  BEFFROI_CHECK(check_room(file_.parent_path(), size_of(source) - part.size_bytes()));
  if (stop.stop_requested()) return fail(Code::cancelled, "L’installation a été arrêtée.");
  if (on_progress) on_progress(Stage::preparing, 0, size_of(source));
  if (Status done = requantise(source, part.path()); !done) {
    part.drop();
    return done;
  }
  if (on_progress) on_progress(Stage::preparing, size_of(source), size_of(source));
  const std::string sha256 = BEFFROI_TRY(hash_of(part.path(), on_progress, stop));
  const std::int64_t bytes = size_of(part.path());
  BEFFROI_CHECK(part.keep());
  return write_file_atomically(seal(), seal_text(sha256, bytes));
}

Status ServedForm::check(const OnProgress& on_progress, const std::stop_token& stop) const {
  const std::string sha256 = BEFFROI_TRY(hash_of(file_, on_progress, stop));
  const Result<std::string> seal = read_file(this->seal(), 4096);
  if (seal && *seal == seal_text(sha256, size_of(file_))) return {};
  std::error_code ignored;
  fs::remove(this->seal(), ignored);
  return fail(Code::bad_input,
              fmt::format("«\u00a0{}\u00a0» a été abîmé\u00a0: «\u00a0beffroi models install {}\u00a0» le prépare de nouveau.", file_.string(),
                          model_.id));
}

void ServedForm::remove() const {
  std::error_code ignored;
  fs::remove(seal(), ignored);
  fs::remove(file_, ignored);
  fs::remove(PartFile::path_of(file_), ignored);
  fs::remove(file_.parent_path(), ignored);  // when it is empty
}

}  // namespace beffroi::llm::store
