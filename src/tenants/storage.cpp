#include "tenants/storage.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "tenants/node.h"

namespace beffroi::tenants {

Result<db::Place> Storage::installation() const {
  if (postgres) return db::Place::schema(*postgres, "installation");
  return db::Place::file(home / "installation.sqlite");
}

Result<db::Place> Storage::node(const std::string& id) const {
  if (!is_node_id(id, postgres ? kMaxNewIdBytes : kMaxIdBytes)) {
    return fail(Code::invalid_argument,
                fmt::format("L’identifiant n’est pas valide\u00a0: de 1 à {} minuscules sans accent, chiffres et tirets.", kMaxNewIdBytes));
  }
  if (!postgres) return db::Place::file(node_folder(id) / "commune.sqlite");
  std::string schema = "commune_" + id;
  std::replace(schema.begin(), schema.end(), '-', '_');
  return db::Place::schema(*postgres, std::move(schema));
}

Result<std::optional<db::Place>> Storage::corpora() const {
  if (!postgres) return std::optional<db::Place>{};
  return db::Place::schema(*postgres, "corpora");
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (!fault) return {};
  return fail(Code::storage,
              fmt::format("Impossible de créer le dossier «\u00a0{}\u00a0»\u00a0: vérifiez les droits et la place.", folder.string()),
              fault.message());
}

}  // namespace beffroi::tenants
