// For tests only: installations in a folder, and the Tenants that they give.
#pragma once

#include <algorithm>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tenants/directory.h"

namespace beffroi::tenants::testing {

// An installation whose configured commune is `id`. Opened again, it is the same one.
inline Result<std::shared_ptr<Directory>> installation(const std::filesystem::path& home, const std::string& id,
                                                       std::span<const db::Migration> tables) {
  Opening opening;
  opening.storage.home = home;
  opening.tables.assign(tables.begin(), tables.end());
  std::sort(opening.tables.begin(), opening.tables.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  opening.commune = {id, true, {"Mairie de " + id, {}, {}, {}, {}}};
  return Directory::open(std::move(opening));
}

// A commune of the installation in `home`, made when it is not there.
inline Result<Tenant> commune(const std::filesystem::path& home, const std::string& id, std::span<const db::Migration> tables) {
  return BEFFROI_TRY(installation(home, id, tables))->tenant(id);
}

}  // namespace beffroi::tenants::testing
