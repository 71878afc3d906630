// For tests only, of any room: communes with a journal, on one engine.
#pragma once

#include <string>
#include <vector>

#include "audit/tables.h"
#include "base/testing.h"
#include "db/testing.h"
#include "tenants/tenant.h"

namespace beffroi::audit::testing {

// `more`: other tables of the communes, numbered above those of the journal.
class Ground {
 public:
  explicit Ground(db::Engine, std::vector<db::Migration> more = {}) {
    tables_.assign(audit_migrations().begin(), audit_migrations().end());
    tables_.insert(tables_.end(), more.begin(), more.end());
  }
  // The same id, the same commune.
  [[nodiscard]] tenants::Tenant commune(const std::string& id) const { return *tenants::Tenant::open(home_.path(), id, tables_); }
  [[nodiscard]] const std::filesystem::path& home() const { return home_.path(); }

 private:
  std::vector<db::Migration> tables_;
  beffroi::testing::TemporaryFolder home_;
};

}  // namespace beffroi::audit::testing
