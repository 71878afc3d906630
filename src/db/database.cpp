#include "db/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

#include "db/failure.h"

namespace beffroi::db {

void Database::Close::operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }

Result<Database> Database::open(const std::filesystem::path& path, const OpenOptions& options) {
  std::error_code ignored;
  if (options.access == Access::read_only && !std::filesystem::exists(path, ignored)) {
    return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» n’existe pas.", path.string()));
  }
  // A read-only WAL file still needs its -shm beside it: SQLite opens it read-write and query_only keeps us from writing.
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (options.access == Access::read_write ? SQLITE_OPEN_CREATE : 0);
  sqlite3* handle = nullptr;
  const int answer = sqlite3_open_v2(path.c_str(), &handle, flags, nullptr);
  Database database(handle, path);
  if (answer != SQLITE_OK) return failure(answer, path.string(), handle);
  sqlite3_busy_timeout(handle, options.busy_timeout_ms);
  BEFFROI_CHECK(database.prepare_for(options.access));
  return database;
}

Status Database::prepare_for(Access access) {
  // The first read tells a damaged or foreign file.
  BEFFROI_TRY(version());
  return execute(access == Access::read_write ? "PRAGMA journal_mode=WAL" : "PRAGMA query_only=ON");
}

Status Database::execute(const std::string& sql) {
  const int answer = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (answer != SQLITE_OK) return failure(answer, path_.string(), handle_.get());
  return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int answer = sqlite3_prepare_v2(handle_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  if (answer != SQLITE_OK) return failure(answer, path_.string(), handle_.get());
  return Statement(statement);
}

Result<int> Database::version() {
  Statement query = BEFFROI_TRY(prepare("PRAGMA user_version"));
  BEFFROI_TRY(query.step());
  return static_cast<int>(query.number(0));
}

Status Database::apply(const Migration& migration) {
  Transaction transaction = BEFFROI_TRY(Transaction::begin(*this));
  // Another process may have applied it while this one waited for its turn.
  if (BEFFROI_TRY(version()) >= migration.number) return {};
  BEFFROI_CHECK(execute(std::string(migration.sql)));
  BEFFROI_CHECK(execute(fmt::format("PRAGMA user_version={}", migration.number)));
  return transaction.commit();
}

Status Database::migrate(std::span<const Migration> migrations) {
  const int known = migrations.empty() ? 0 : migrations.back().number;
  const int found = BEFFROI_TRY(version());
  if (found > known) {
    return fail(
        Code::conflict,
        fmt::format("«\u00a0{}\u00a0» a été écrit par une version plus récente de Beffroi\u00a0: mettez Beffroi à jour.", path_.string()),
        fmt::format("user_version {} above {}", found, known));
  }
  for (const Migration& migration : migrations) {
    if (migration.number > found) BEFFROI_CHECK(apply(migration));
  }
  return {};
}

void Database::checkpoint() { sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr); }

std::int64_t Database::changes() const { return sqlite3_changes64(handle_.get()); }

Result<Transaction> Transaction::begin(Database& database, Kind kind) {
  if (kind == Kind::write) {
    BEFFROI_CHECK(database.execute("BEGIN IMMEDIATE"));
    return Transaction(database);
  }
  BEFFROI_CHECK(database.execute("BEGIN"));
  Transaction transaction(database);
  // A deferred transaction sees the state of its first read: do it now.
  BEFFROI_CHECK(database.execute("SELECT 1 FROM sqlite_schema LIMIT 1"));
  return transaction;
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  if (database_ == nullptr) return;
  // SQLite may have rolled back by itself (disk full): then there is nothing left to undo.
  static_cast<void>(database_->execute("ROLLBACK"));
}

Status Transaction::commit() {
  BEFFROI_CHECK(database_->execute("COMMIT"));
  database_ = nullptr;
  return {};
}

}  // namespace beffroi::db
