#include "backup/move.h"

#include <fmt/format.h>

#include <system_error>

#include "backup/manifest.h"
#include "tenants/folder_lock.h"

namespace beffroi::backup {

namespace fs = std::filesystem;

namespace {

struct Pair {
  std::string name;
  db::Place from, to;
  std::span<const db::Migration> tables;
};

bool same(const db::Place& a, const db::Place& b) {
  if (a.engine() != b.engine()) return false;
  std::error_code fault;
  if (a.engine() == db::Engine::sqlite) return fs::weakly_canonical(a.path(), fault) == fs::weakly_canonical(b.path(), fault);
  return a.server().url == b.server().url && a.schema() == b.schema();
}

Result<std::vector<Pair>> pairs_of(const tenants::Directory& from, const tenants::Storage& to, std::span<const db::Migration> tables) {
  std::vector<Pair> pairs = {
      {"installation", BEFFROI_TRY(from.storage().installation()), BEFFROI_TRY(to.installation()), tenants::installation_tables()}};
  // Opening each node brings it to the last tables.
  for (const tenants::Tenant& tenant : BEFFROI_TRY(from.all())) {
    pairs.push_back({tenant.id(), BEFFROI_TRY(from.storage().node(tenant.id())), BEFFROI_TRY(to.node(tenant.id())), tables});
  }
  if (same(pairs.front().from, pairs.front().to)) return fail(Code::invalid_argument, "Les données y sont déjà.");
  return pairs;
}

// The target as found: nothing, or rows.
Result<bool> has_rows(const db::Place& place) {
  auto database = db::Database::open(place, {.access = db::Access::read_only});
  if (!database && database.error().code == Code::not_found) return false;
  if (!database) return tl::unexpected<Error>(std::move(database).error());
  return !BEFFROI_TRY(is_empty(*database));
}

Result<Moved> already_there(const Pair& pair) {
  db::Database source = BEFFROI_TRY(db::Database::open(pair.from, kLong));
  db::Database target = BEFFROI_TRY(db::Database::open(pair.to, kLong));
  BEFFROI_CHECK(target.migrate(pair.tables));
  std::vector<TableState> states = BEFFROI_TRY(states_of(source));
  if (states == BEFFROI_TRY(states_of(target))) return Moved{pair.name, std::move(states), true};
  return fail(Code::conflict, fmt::format("«\u00a0{}\u00a0» contient déjà d’autres données\u00a0: rien n’a été déplacé.", pair.to.name()));
}

Result<Moved> copied(const Pair& pair) {
  if (pair.to.engine() == db::Engine::sqlite) BEFFROI_CHECK(tenants::make_folder(pair.to.path().parent_path()));
  db::Database source = BEFFROI_TRY(db::Database::open(pair.from, kLong));
  db::Database target = BEFFROI_TRY(db::Database::open(pair.to, kLong));
  return Moved{pair.name, BEFFROI_TRY(copy_database(source, target, pair.tables)), false};
}

// What is kept in files follows to another home.
Status copy_files(const fs::path& from, const fs::path& to, const std::vector<Pair>& pairs) {
  std::error_code fault;
  if (fs::equivalent(from, to, fault)) return {};
  constexpr auto kHow = fs::copy_options::recursive | fs::copy_options::overwrite_existing | fs::copy_options::skip_symlinks;
  const auto copy = [&](const fs::path& path) -> Status {
    if (!fs::exists(from / path, fault)) return {};
    BEFFROI_CHECK(tenants::make_folder((to / path).parent_path()));
    fs::copy(from / path, to / path, kHow, fault);
    if (fault) return fail(Code::storage, fmt::format("«\u00a0{}\u00a0» n’a pas pu être copié.", (from / path).string()), fault.message());
    return {};
  };
  for (const Pair& pair : pairs) BEFFROI_CHECK(copy(fs::path("communes") / pair.name / "files"));
  BEFFROI_CHECK(copy(kUpstreamKey));
  return copy(kSecretKey);
}

}  // namespace

Result<std::vector<Moved>> move_store(const tenants::Directory& from, const tenants::Storage& to, const std::vector<db::Migration>& tables,
                                      const std::function<void(const Moved&)>& done) {
  const std::vector<Pair> pairs = BEFFROI_TRY(pairs_of(from, to, tables));
  BEFFROI_CHECK(tenants::make_folder(to.home));
  std::error_code fault;
  std::optional<tenants::FolderLock> there;
  if (!fs::equivalent(from.storage().home, to.home, fault)) {
    there = BEFFROI_TRY(tenants::FolderLock::take(to.home, tenants::FolderLock::Kind::alone));
  }
  std::vector<std::optional<Moved>> moved;
  for (const Pair& pair : pairs) {
    if (BEFFROI_TRY(has_rows(pair.to))) moved.emplace_back(BEFFROI_TRY(already_there(pair)));
    else moved.emplace_back();
  }
  std::vector<Moved> report;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    report.push_back(moved[i] ? std::move(*moved[i]) : BEFFROI_TRY(copied(pairs[i])));
    if (done) done(report.back());
  }
  BEFFROI_CHECK(copy_files(from.storage().home, to.home, pairs));
  return report;
}

}  // namespace beffroi::backup
