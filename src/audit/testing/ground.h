// For tests only, of any room: communes with a journal, on one engine.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "audit/journal.h"
#include "audit/tables.h"
#include "tenants/directory.h"
#include "tenants/testing/ground.h"

namespace beffroi::audit::testing {

class Ground {
 public:
  // `more`: other tables of the communes.
  explicit Ground(db::Engine engine, std::vector<db::Migration> more = {}) : ground_(engine) {
    more.insert(more.end(), audit_migrations().begin(), audit_migrations().end());
    std::sort(more.begin(), more.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
    tenants::Opening opening;
    opening.storage = ground_.storage();
    opening.tables = std::move(more);
    opening.commune = {"saint-jean", true, {"Mairie de Saint-Jean", {}, {}, {}, {}}};
    directory_ = *tenants::Directory::open(std::move(opening));
    static_cast<void>(directory_->add({"saint-paul", tenants::Kind::commune, "Mairie de Saint-Paul", ""}));
  }
  // « saint-jean » or « saint-paul ».
  [[nodiscard]] tenants::Tenant commune(const std::string& id) const { return *directory_->tenant(id); }
  [[nodiscard]] const std::filesystem::path& home() const { return ground_.storage().home; }

 private:
  tenants::testing::StorageGround ground_;
  std::shared_ptr<tenants::Directory> directory_;
};

// In a transaction of its own, by the program.
inline Result<Purge> purge_lines(const tenants::Tenant& tenant, std::int64_t before_ms, std::int64_t at_ms) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const Purge purge = BEFFROI_TRY(purge_within(database, {tenant.id(), before_ms, {Actor::program, ""}, at_ms}));
  BEFFROI_CHECK(transaction.commit());
  return purge;
}

}  // namespace beffroi::audit::testing
