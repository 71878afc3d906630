// Numbers about a node, for those who may not see its contents.
#include "tenants/directory.h"

#include <system_error>

namespace beffroi::tenants {

namespace {

Result<std::int64_t> number(db::Database& database, std::string_view sql) {
  if (sql.empty()) return 0;
  db::Statement query = BEFFROI_TRY(database.prepare(sql));
  if (!BEFFROI_TRY(query.step())) return 0;
  return query.number(0);
}

Result<std::int64_t> bytes_of(db::Database& database) {
  if (database.engine() == db::Engine::postgres) {
    return number(database,
                  "SELECT CAST(coalesce(sum(pg_total_relation_size(c.oid)), 0) AS BIGINT) FROM pg_class c JOIN pg_namespace n "
                  "ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND c.relkind = 'r'");
  }
  std::int64_t bytes = 0;
  for (const char* suffix : {"", "-wal"}) {
    std::error_code absent;
    const auto size = std::filesystem::file_size(database.path().string() + suffix, absent);
    if (!absent) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

}  // namespace

Result<Counts> Directory::counts_of(const Node& node) const {
  const Tenant tenant = BEFFROI_TRY(key_to(node));
  db::Database database = BEFFROI_TRY(tenant.connect());
  Counts counts;
  counts.people = BEFFROI_TRY(number(database, opening_.counted.people));
  counts.answers = BEFFROI_TRY(number(database, opening_.counted.answers));
  counts.conversations = BEFFROI_TRY(number(database, opening_.counted.conversations));
  counts.jobs_failed = BEFFROI_TRY(number(database, opening_.counted.jobs_failed));
  counts.database_bytes = BEFFROI_TRY(bytes_of(database));
  counts.schema_version = BEFFROI_TRY(database.version());
  const std::vector<BackupMade> made = BEFFROI_TRY(backups());
  if (!made.empty()) counts.last_backup_ms = made.front().at_ms;
  return counts;
}

Result<Counts> Directory::counts(const Tenant& syndicate, std::string_view commune) const {
  return counts_of(BEFFROI_TRY(commune_under(syndicate, commune)));
}

Result<Counts> Directory::counts(std::string_view id) const { return counts_of(BEFFROI_TRY(node(id))); }

}  // namespace beffroi::tenants
