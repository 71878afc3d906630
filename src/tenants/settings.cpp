#include "tenants/settings.h"

#include <fmt/format.h>

#include <charconv>

#include "base/clock.h"

namespace beffroi::tenants {

namespace {

constexpr db::Migration kMigrations[] = {{70, R"sql(
  CREATE TABLE tenants_setting (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    changed_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
)sql"},
                                         {71, R"sql(
  CREATE TABLE tenants_grant (
    id INTEGER PRIMARY KEY,
    to_node TEXT NOT NULL,
    text TEXT NOT NULL,
    created_by TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    revoked_at INTEGER,
    revoked_by TEXT
  ) STRICT;
)sql"}};

using Stored = std::optional<std::string>;

Result<Stored> stored(db::Database& database, std::string_view key, bool shared_only) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT value FROM tenants_setting WHERE key = ? AND shared >= ?"));
  BEFFROI_CHECK(row.bind_all(key, std::int64_t{shared_only ? 1 : 0}));
  if (!BEFFROI_TRY(row.step())) return Stored{};
  return Stored(row.text(0));
}

Status put_within(db::Database& database, std::string_view key, std::string_view value, Reach reach) {
  db::Statement insert = BEFFROI_TRY(
      database.prepare("INSERT INTO tenants_setting (key, value, shared, changed_at) VALUES (?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
                       "value = excluded.value, shared = excluded.shared, changed_at = excluded.changed_at"));
  BEFFROI_CHECK(insert.bind_all(key, value, std::int64_t{reach == Reach::below ? 1 : 0}, now_ms()));
  return insert.run();
}

Status put(const Tenant& tenant, std::string_view key, std::string_view value, Reach reach) {
  if (reach == Reach::below && tenant.kind() != Kind::syndicate)
    return fail(Code::invalid_argument, "Seul un syndicat décide pour ses communes.");
  db::Database database = BEFFROI_TRY(tenant.connect());
  return put_within(database, key, value, reach);
}

Status check(const TextSetting& setting, std::string_view value) {
  if (value.size() <= setting.most_bytes) return {};
  return fail(Code::invalid_argument, fmt::format("«\u00a0{}\u00a0»\u00a0: {} octets au plus.", setting.key, setting.most_bytes));
}

tl::unexpected<Error> out_of_bounds(std::string_view key) {
  return fail(Code::bad_input, fmt::format("Le réglage «\u00a0{}\u00a0» enregistré n’est pas valide\u00a0: décidez-le à nouveau.", key));
}

std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool holds(const NumberSetting& setting, std::int64_t value) { return value >= setting.least && value <= setting.most; }

}  // namespace

std::span<const db::Migration> settings_migrations() { return kMigrations; }

// The only reader of another node's database: the parent's shared values, and nothing else of it.
class SettingsReader {
 public:
  static Result<Stored> value(const Tenant& tenant, std::string_view key) {
    {
      db::Database own = BEFFROI_TRY(tenant.connect());
      if (Stored found = BEFFROI_TRY(stored(own, key, false))) return found;
    }
    if (!tenant.parts_->parent_place) return Stored{};
    auto parent = db::Database::open(*tenant.parts_->parent_place, {.access = db::Access::read_only});
    if (!parent && parent.error().code == Code::not_found) return Stored{};  // a syndicate that nobody has opened yet
    if (!parent) return tl::unexpected<Error>(std::move(parent).error());
    return stored(*parent, key, true);
  }
};

Result<std::string> read(const Tenant& tenant, const TextSetting& setting) {
  const Stored found = BEFFROI_TRY(SettingsReader::value(tenant, setting.key));
  if (!found) return std::string(setting.otherwise);
  if (found->size() > setting.most_bytes) return out_of_bounds(setting.key);
  return *found;
}

Result<std::int64_t> read(const Tenant& tenant, const NumberSetting& setting) {
  const Stored found = BEFFROI_TRY(SettingsReader::value(tenant, setting.key));
  if (!found) return setting.otherwise;
  const auto number = number_in(*found);
  if (!number || !holds(setting, *number)) return out_of_bounds(setting.key);
  return *number;
}

Result<bool> read(const Tenant& tenant, const FlagSetting& setting) {
  const Stored found = BEFFROI_TRY(SettingsReader::value(tenant, setting.key));
  if (!found) return setting.otherwise;
  if (*found != "yes" && *found != "no") return out_of_bounds(setting.key);
  return *found == "yes";
}

Status write(const Tenant& tenant, const TextSetting& setting, std::string_view value, Reach reach) {
  BEFFROI_CHECK(check(setting, value));
  return put(tenant, setting.key, value, reach);
}

Status write_within(db::Database& database, const TextSetting& setting, std::string_view value) {
  BEFFROI_CHECK(check(setting, value));
  return put_within(database, setting.key, value, Reach::own);
}

Status write(const Tenant& tenant, const NumberSetting& setting, std::int64_t value, Reach reach) {
  if (!holds(setting, value))
    return fail(Code::invalid_argument,
                fmt::format("«\u00a0{}\u00a0»\u00a0: un nombre de {} à {}.", setting.key, setting.least, setting.most));
  return put(tenant, setting.key, std::to_string(value), reach);
}

Status write(const Tenant& tenant, const FlagSetting& setting, bool value, Reach reach) {
  return put(tenant, setting.key, value ? "yes" : "no", reach);
}

Status forget(const Tenant& tenant, std::string_view key) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement remove = BEFFROI_TRY(database.prepare("DELETE FROM tenants_setting WHERE key = ?"));
  BEFFROI_CHECK(remove.bind(1, key));
  return remove.run();
}

}  // namespace beffroi::tenants
