#include "db/sqlite/session.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <thread>
#include <utility>

#include "db/sqlite/failure.h"
#include "db/sqlite/query.h"
#include "db/sqlite/resting.h"

namespace beffroi::db::sqlite {

namespace {

ColumnType type_of(std::string_view declared) {
  if (declared == "INTEGER") return ColumnType::integer;
  if (declared == "REAL") return ColumnType::real;
  return declared == "BLOB" ? ColumnType::blob : ColumnType::text;
}

class SqliteSession final : public Session {
 public:
  explicit SqliteSession(std::shared_ptr<Connection> connection) : connection_(std::move(connection)) {}

  Status prepare_for(const OpenOptions& options, bool rested) {
    sqlite3_busy_timeout(connection_->handle, options.busy_timeout_ms);
    // The first read tells a damaged or foreign file.
    BEFFROI_TRY(former_version());
    if (options.access == Access::read_only) return execute("PRAGMA query_only=ON");
    if (rested) return execute("PRAGMA query_only=OFF");
    // Several programs may find the same new file at once; SQLite does not wait by itself for the one that turns it to WAL.
    const auto limit = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.busy_timeout_ms);
    Status turned = execute("PRAGMA journal_mode=WAL");
    while (!turned && turned.error().code == Code::busy && std::chrono::steady_clock::now() < limit) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      turned = execute("PRAGMA journal_mode=WAL");
    }
    return turned;
  }

  Status execute(const std::string& sql) override {
    return connection_->checked(sqlite3_exec(connection_->handle, sql.c_str(), nullptr, nullptr, nullptr));
  }

  Result<std::unique_ptr<Query>> prepare(std::string_view sql) override {
    sqlite3_stmt* statement = nullptr;
    const int size = static_cast<int>(sql.size());
    BEFFROI_CHECK(connection_->checked(sqlite3_prepare_v2(connection_->handle, sql.data(), size, &statement, nullptr)));
    return std::make_unique<SqliteQuery>(connection_, statement);
  }

  std::int64_t changes() const override { return sqlite3_changes64(connection_->handle); }

  void checkpoint() override { sqlite3_wal_checkpoint_v2(connection_->handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr); }

  Status begin(bool write) override {
    BEFFROI_CHECK(execute(write ? "BEGIN IMMEDIATE" : "BEGIN"));
    connection_->spoiled = false;
    if (write) return {};
    // A deferred transaction sees the state of its first read: do it now.
    auto seen = execute("SELECT 1 FROM sqlite_schema LIMIT 1");
    if (!seen) rollback();
    return seen;
  }

  Status commit() override {
    if (connection_->spoiled) {
      return fail(Code::conflict,
                  fmt::format("Une écriture de «\u00a0{}\u00a0» a échoué\u00a0: rien n’a été enregistré.", connection_->name),
                  "commit after a failed statement");
    }
    return execute("COMMIT");
  }

  // SQLite may have rolled back by itself (disk full): then there is nothing left to undo.
  void rollback() override { static_cast<void>(execute("ROLLBACK")); }

  Result<int> former_version() override {
    auto query = BEFFROI_TRY(prepare("PRAGMA user_version"));
    BEFFROI_TRY(query->step());
    return static_cast<int>(query->number(0));
  }

  Status set_former_version(int number) override { return execute(fmt::format("PRAGMA user_version={}", number)); }
  Status lift_time_limit() override { return {}; }

  Result<std::vector<std::string>> tables() override {
    auto query = BEFFROI_TRY(prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"));
    std::vector<std::string> names;
    while (BEFFROI_TRY(query->step())) names.emplace_back(query->text(0));
    return names;
  }

  Result<std::vector<Column>> columns(std::string_view table) override {
    auto query = BEFFROI_TRY(prepare("SELECT name, upper(type), \"notnull\", pk FROM pragma_table_info(?) ORDER BY cid"));
    BEFFROI_CHECK(query->bind(1, table));
    std::vector<Column> found;
    while (BEFFROI_TRY(query->step())) {
      const auto key = static_cast<int>(query->number(3));
      found.push_back({std::string(query->text(0)), type_of(query->text(1)), query->number(2) == 0 && key == 0, key});
    }
    return found;
  }

  Result<std::vector<std::pair<std::string, std::string>>> references() override {
    auto query =
        BEFFROI_TRY(prepare("SELECT DISTINCT s.name, f.\"table\" FROM sqlite_schema AS s, pragma_foreign_key_list(s.name) AS f "
                            "WHERE s.type = 'table' AND f.\"table\" <> s.name ORDER BY 1, 2"));
    std::vector<std::pair<std::string, std::string>> pairs;
    while (BEFFROI_TRY(query->step())) pairs.emplace_back(query->text(0), query->text(1));
    return pairs;
  }

  Status resume_numbering(std::string_view) override { return {}; }

 private:
  std::shared_ptr<Connection> connection_;
};

Result<std::unique_ptr<Connection>> opened(const std::filesystem::path& path, int flags) {
  auto connection = std::make_unique<Connection>();
  connection->name = path.string();
  BEFFROI_CHECK(connection->checked(sqlite3_open_v2(path.c_str(), &connection->handle, flags, nullptr)));
  struct stat file{};
  if (::stat(path.c_str(), &file) == 0) connection->device = file.st_dev, connection->inode = file.st_ino;
  return connection;
}

}  // namespace

Result<std::unique_ptr<Session>> open(const Place& place, const OpenOptions& options) {
  const std::filesystem::path& path = place.path();
  std::error_code ignored;
  if (options.access == Access::read_only && !std::filesystem::exists(path, ignored)) {
    return fail(Code::not_found, fmt::format("«\u00a0{}\u00a0» n’existe pas.", path.string()));
  }
  // A read-only WAL file still needs its -shm beside it: SQLite opens it read-write and query_only keeps us from writing.
  const int flags =
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (options.access == Access::read_write ? SQLITE_OPEN_CREATE : 0);
  std::unique_ptr<Connection> connection = take_resting(path);
  const bool rested = connection != nullptr;
  if (!rested) connection = BEFFROI_TRY(opened(path, flags));
  auto session = std::make_unique<SqliteSession>(shared(std::move(connection)));
  BEFFROI_CHECK(session->prepare_for(options, rested));
  return session;
}

}  // namespace beffroi::db::sqlite
