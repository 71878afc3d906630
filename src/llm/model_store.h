// The models on this machine: var/models/<id>.gguf, whole and verified, or not there at all.
//
// Beside each stands <id>.gguf.sha256, written once the whole file was hashed. A file put there by hand (a machine without internet)
// is taken by install() when its hash is right. Several programs may use one store: an installation locks its part file, a model
// being served is held (ModelHold) and cannot be removed.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "llm/catalogue.h"

namespace beffroi::llm {

enum class Stage { fetching, joining, verifying };
using OnProgress = std::function<void(Stage stage, std::int64_t done_bytes, std::int64_t total_bytes)>;

enum class Presence { absent, partial, unverified, installed };  // unverified: a file is there, its hash is not known yet

struct ModelState {
  Presence presence = Presence::absent;
  std::int64_t bytes = 0;     // on the disk
  bool in_use = false;
};

// Says that this process uses a model, while it lives. A process that dies lets go of it.
class ModelHold {
 public:
  // Code::not_found: it is not there, or was just removed.
  [[nodiscard]] static Result<ModelHold> take(const std::filesystem::path& model);
  ModelHold(ModelHold&& other) noexcept;
  ModelHold& operator=(ModelHold&& other) noexcept;
  ~ModelHold();

 private:
  explicit ModelHold(int fd) : fd_(fd) {}
  int fd_ = -1;
};

class ModelStore {
 public:
  struct Places {
    std::filesystem::path models;   // var/models; made when first needed
    std::filesystem::path pieces;   // where tools/deps unpacked the pinned pieces
    std::chrono::milliseconds stall_timeout{60'000};  // of a download
  };

  ModelStore(Places places, std::vector<CatalogueEntry> catalogue) : places_(std::move(places)), catalogue_(std::move(catalogue)) {}

  [[nodiscard]] const std::vector<CatalogueEntry>& catalogue() const { return catalogue_; }
  [[nodiscard]] Result<CatalogueEntry> entry(std::string_view id) const;  // Code::invalid_argument: no such model
  [[nodiscard]] ModelState state_of(const CatalogueEntry& model) const;

  // The file an engine opens. Code::unavailable when it is not installed, with what to type.
  [[nodiscard]] Result<std::filesystem::path> path_of(std::string_view id) const;

  // True when it was installed now, false when it already was. Codes of store/join_parts.h and store/fetch_file.h; Code::bad_input
  // when the hash is wrong: what was fetched is then removed.
  [[nodiscard]] Result<bool> install(std::string_view id, const OnProgress& on_progress, const std::stop_token& stop) const;

  // Code::not_found when nothing is there, Code::conflict while it is used.
  [[nodiscard]] Status remove(std::string_view id) const;

  // Hashes the file again. Code::bad_input when it is not the model any more; it then counts as not installed.
  [[nodiscard]] Status check(std::string_view id, const OnProgress& on_progress, const std::stop_token& stop) const;

 private:
  [[nodiscard]] std::filesystem::path file_of(const CatalogueEntry& model) const;
  [[nodiscard]] Status verify(const CatalogueEntry& model, const OnProgress& on_progress, const std::stop_token& stop) const;

  const Places places_;
  const std::vector<CatalogueEntry> catalogue_;
};

}  // namespace beffroi::llm
