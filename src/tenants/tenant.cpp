#include "tenants/tenant.h"

#include "tenants/storage.h"

namespace beffroi::tenants {

Result<db::Database> Tenant::connect() const { return db::Database::open(parts_->place); }

Result<std::filesystem::path> Tenant::files() const {
  std::filesystem::path folder = parts_->folder / "files";
  BEFFROI_CHECK(make_folder(folder));
  return folder;
}

}  // namespace beffroi::tenants
