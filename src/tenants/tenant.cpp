#include "tenants/tenant.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

namespace beffroi::tenants {

namespace {

constexpr std::size_t kMaxIdBytes = 63;

bool names_a_commune(const std::string& id) {
  return !id.empty() && id.size() <= kMaxIdBytes &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

Result<Tenant> Tenant::open(const std::filesystem::path& home, const std::string& id, std::span<const db::Migration> migrations) {
  if (!names_a_commune(id)) {
    return fail(Code::invalid_argument, "L’identifiant de la commune n’est pas valide\u00a0: minuscules sans accent, chiffres et tirets.");
  }
  const std::filesystem::path folder = home / "communes" / id;
  std::error_code fault;
  std::filesystem::create_directories(folder, fault);
  if (fault) {
    return fail(Code::storage,
                fmt::format("Impossible de créer le dossier «\u00a0{}\u00a0»\u00a0: vérifiez les droits et la place.", folder.string()),
                fault.message());
  }
  Tenant tenant(id, folder / "commune.sqlite");
  db::Database database = BEFFROI_TRY(tenant.connect());
  BEFFROI_CHECK(database.migrate(migrations));
  return tenant;
}

Result<db::Database> Tenant::connect() const { return db::Database::open(file_); }

}  // namespace beffroi::tenants
