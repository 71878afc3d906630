// A SQLite file: opened, migrated, queried. Errors are values; a full disk says so (Code::storage).
//
// One Database, and the statements and transactions made of it, serves one thread at a time; open another one for another thread.
// Files are in WAL mode: readers keep the state they began with while one writer works, and a crash leaves the last committed state.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/statement.h"

struct sqlite3;

namespace beffroi::db {

enum class Access {
  read_only,   // the file must exist; Code::not_found otherwise
  read_write,  // the file is created when missing, its folder is not
};

struct OpenOptions {
  Access access = Access::read_write;
  int busy_timeout_ms = 5000;  // how long a statement waits for another writer before Code::busy
};

// One step of a file's life. Numbered from 1, each applied once, in order, in a transaction of its own.
struct Migration {
  int number;
  std::string_view sql;
};

class Database {
 public:
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, const OpenOptions& options = {});
  Database(Database&&) noexcept = default;
  Database& operator=(Database&&) noexcept = default;

  // Several statements separated by semicolons, without parameters.
  [[nodiscard]] Status execute(const std::string& sql);
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);

  // Brings the file to the last migration. Code::conflict when the file was written by a newer program.
  [[nodiscard]] Status migrate(std::span<const Migration> migrations);
  // Number of the last migration applied; 0 for a new file.
  [[nodiscard]] Result<int> version();

  // Moves what was committed from the journal to the file and empties the journal, as far as readers at work allow.
  void checkpoint();

  [[nodiscard]] std::int64_t changes() const;  // rows touched by the last INSERT, UPDATE or DELETE
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  struct Close {
    void operator()(sqlite3* handle) const;
  };
  Database(sqlite3* handle, std::filesystem::path path) : handle_(handle), path_(std::move(path)) {}
  [[nodiscard]] Status prepare_for(Access access);
  [[nodiscard]] Status apply(const Migration& migration);

  std::unique_ptr<sqlite3, Close> handle_;
  std::filesystem::path path_;
};

// Everything between begin and commit happens, or nothing does. Rolled back when it goes out of scope uncommitted.
class Transaction {
 public:
  enum class Kind { read, write };  // read: one state of the file for several queries; write: taken at once, other writers wait
  [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind = Kind::write);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  [[nodiscard]] Status commit();

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  Database* database_;  // null once committed or moved from
};

}  // namespace beffroi::db
