#include "llm/store/join_parts.h"

#include <fmt/format.h>

#include <fstream>

#include "crypto/digest.h"
#include "llm/sha256.h"

namespace beffroi::llm::store {

namespace fs = std::filesystem;

namespace {

// How many pieces are already in the file, whole and right. What follows them is cut away.
Result<std::size_t> already_joined(const CatalogueEntry& model, PartFile& part, const OnProgress& on_progress,
                                   const std::stop_token& stop) {
  std::int64_t at = 0;
  std::size_t joined = 0;
  for (; joined < model.parts.size() && at + model.parts[joined].size_bytes <= part.size_bytes(); ++joined) {
    const ModelPart& piece = model.parts[joined];
    const std::string found = BEFFROI_TRY(sha256_of_file(part.path(), {at, piece.size_bytes}, {}, stop));
    if (found != piece.sha256) break;
    at += piece.size_bytes;
    if (on_progress) on_progress(Stage::joining, at, model.size_bytes);
  }
  BEFFROI_CHECK(part.cut_to(at));
  return joined;
}

Status check_presence(const CatalogueEntry& model, const fs::path& pieces, std::size_t from) {
  std::size_t missing = 0;
  for (std::size_t i = from; i < model.parts.size(); ++i) {
    std::error_code ignored;
    if (!fs::is_regular_file(pieces / model.parts[i].piece / model.parts[i].file, ignored)) ++missing;
  }
  if (missing == 0) return {};
  return fail(Code::unavailable,
              fmt::format("Il manque {} pièces de ce modèle sur {}\u00a0: «\u00a0tools/deps fetch-group model\u00a0» les télécharge.",
                          missing, model.parts.size()));
}

Status join_one(const ModelPart& piece, const fs::path& file, PartFile& part, const std::stop_token& stop) {
  const std::int64_t start = part.size_bytes();
  std::ifstream stream(file, std::ios::binary);
  std::string block(1 << 20, '\0');
  crypto::Sha256 digest;
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())), stream.gcount() > 0) {
    if (stop.stop_requested())
      return fail(Code::cancelled, "L’installation a été interrompue\u00a0: relancée, elle reprendra où elle en est.");
    const std::string_view bytes(block.data(), static_cast<std::size_t>(stream.gcount()));
    digest.add(bytes);
    BEFFROI_CHECK(part.append(bytes));
  }
  if (digest.hex() == piece.sha256) return part.sync();
  BEFFROI_CHECK(part.cut_to(start));
  return fail(Code::bad_input,
              fmt::format("La pièce «\u00a0{}\u00a0» est abîmée\u00a0: supprimez son dossier «\u00a0{}\u00a0» puis recommencez.",
                          piece.piece, file.parent_path().string()));
}

}  // namespace

Status join_parts(const CatalogueEntry& model, const fs::path& pieces, PartFile& part, const OnProgress& on_progress,
                  const std::stop_token& stop) {
  const std::size_t joined = BEFFROI_TRY(already_joined(model, part, on_progress, stop));
  BEFFROI_CHECK(check_presence(model, pieces, joined));
  for (std::size_t i = joined; i < model.parts.size(); ++i) {
    BEFFROI_CHECK(join_one(model.parts[i], pieces / model.parts[i].piece / model.parts[i].file, part, stop));
    if (on_progress) on_progress(Stage::joining, part.size_bytes(), model.size_bytes);
  }
  return {};
}

}  // namespace beffroi::llm::store
