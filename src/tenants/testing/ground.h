// For tests only: room for an installation on each engine, erased at the end.
#pragma once

#include <optional>

#include "tenants/storage.h"
#include "tenants/testing/own_database.h"

namespace beffroi::tenants::testing {

// On PostgreSQL a database of its own: an installation has the names of its schemas to itself.
class StorageGround {
 public:
  explicit StorageGround(db::Engine engine) {
    storage_.home = folder_.path() / "home";
    if (engine == db::Engine::postgres) storage_.postgres = database_.emplace().server();
  }
  StorageGround(const StorageGround&) = delete;
  StorageGround& operator=(const StorageGround&) = delete;

  [[nodiscard]] const Storage& storage() const { return storage_; }
  [[nodiscard]] const std::filesystem::path& folder() const { return folder_.path(); }  // the home is in it

 private:
  beffroi::testing::TemporaryFolder folder_;
  std::optional<OwnDatabase> database_;
  Storage storage_;
};

}  // namespace beffroi::tenants::testing
