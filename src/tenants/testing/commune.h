// For tests only: installations in a folder, and the Tenants that they give.
#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "tenants/directory.h"
#include "tenants/testing/own_database.h"

namespace beffroi::tenants::testing {

// On the usual engine (db/testing.h). On PostgreSQL each home has a database of its own; that of a home whose folder is gone serves the next.
inline Storage usual_storage(const std::filesystem::path& home) {
  Storage storage{home, {}};
  if (db::testing::usual_engine() == db::Engine::sqlite) return storage;
  static std::mutex mutex;
  static std::map<std::filesystem::path, std::unique_ptr<OwnDatabase>> databases;
  const std::lock_guard lock(mutex);
  std::unique_ptr<OwnDatabase>& own = databases[home];
  if (own == nullptr) {
    const auto gone = std::find_if(databases.begin(), databases.end(),
                                   [&home](const auto& known) { return known.first != home && !std::filesystem::exists(known.first); });
    if (gone == databases.end()) {
      own = std::make_unique<OwnDatabase>();
    } else {
      own = std::move(gone->second);
      databases.erase(gone);
      own->clear();
    }
  }
  storage.postgres = own->server();
  return storage;
}

// An installation whose configured commune is `id`. Opened again, it is the same one.
inline Result<std::shared_ptr<Directory>> installation(const std::filesystem::path& home, const std::string& id,
                                                       std::span<const db::Migration> tables) {
  Opening opening;
  opening.storage = usual_storage(home);
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
