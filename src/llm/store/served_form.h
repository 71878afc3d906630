// The file of a model that serves on this machine, made once of the verified one: <models>/served/<id>.gguf.
//
// Its hash is not known beforehand (it depends on the processor that made it): <id>.gguf.sha256 beside it holds the one found when it was
// made, and of what it was made. Without it, or of another source, the file does not count.
#pragma once

#include <filesystem>
#include <functional>

#include "base/result.h"
#include "llm/catalogue.h"
#include "llm/model_store.h"

namespace beffroi::llm::store {

class ServedForm {
 public:
  ServedForm(const std::filesystem::path& models, const CatalogueEntry& model);

  [[nodiscard]] bool wanted() const { return !model_.served_form.empty(); }
  [[nodiscard]] const std::filesystem::path& file() const { return file_; }
  [[nodiscard]] bool is_made() const;   // the file is there, whole as far as its size tells

  // Code::storage, Code::cancelled between two stages, Code::conflict when another run makes it.
  [[nodiscard]] Status make(const std::filesystem::path& source, const Requantise& requantise, const OnProgress& on_progress,
                            const std::stop_token& stop) const;
  // Hashes it again; on Code::bad_input it counts as not made.
  [[nodiscard]] Status check(const OnProgress& on_progress, const std::stop_token& stop) const;
  void remove() const;

 private:
  [[nodiscard]] std::string seal_text(const std::string& sha256, std::int64_t bytes) const;
  [[nodiscard]] std::filesystem::path seal() const { return file_.string() + ".sha256"; }

  const CatalogueEntry& model_;
  const std::filesystem::path file_;
};

}  // namespace beffroi::llm::store
