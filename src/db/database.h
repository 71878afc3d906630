// A database, opened, migrated, queried: an SQLite file or a schema of PostgreSQL, with the same words. Errors are values; a full disk
// says so (Code::storage), a server that is down too (Code::unavailable).
//
// One Database, and the statements and transactions made of it, serves one thread at a time; open another one for another thread: on
// PostgreSQL connections are kept and lent again, opening costs one exchange with the server.
// SQLite: WAL mode, readers keep the state they began with while one writer works, and a crash leaves the last committed state.
//
// SQL is written once, in what both engines read: parameters `?`; types INTEGER, TEXT, REAL, BLOB; ON CONFLICT (columns), RETURNING, CTE.
// docs/adr/0007-one-sql-two-engines.md has the list.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/options.h"
#include "db/place.h"
#include "db/statement.h"

namespace beffroi::db {

class Session;

// One step of a database's life, applied once, in a transaction of its own. Numbers are unique and may have holes: rooms own ranges.
struct Migration {
  int number;
  std::string_view sql;
  // What only one engine can say (triggers), after the rest and in the same transaction.
  std::string_view sqlite = {}, postgres = {};
};

class Database {
 public:
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, const OpenOptions& options = {});
  [[nodiscard]] static Result<Database> open(const Place& place, const OpenOptions& options = {});
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;
  ~Database();

  // Several statements separated by semicolons, without parameters.
  [[nodiscard]] Status execute(const std::string& sql);
  [[nodiscard]] Result<Statement> prepare(std::string_view sql);

  // Applies, in order, those of `migrations` (by increasing number) that were not, whatever their number. Several processes may do so at
  // once: one works, the others wait. Code::conflict when the database was written by a newer program.
  [[nodiscard]] Status migrate(std::span<const Migration> migrations);
  // Largest number among the migrations applied; 0 for a new database.
  [[nodiscard]] Result<int> version();

  // SQLite: moves what was committed from the journal to the file and empties the journal, as far as readers at work allow.
  void checkpoint();

  [[nodiscard]] std::int64_t changes() const;  // rows touched by the last INSERT, UPDATE or DELETE
  [[nodiscard]] Engine engine() const { return place_.engine(); }
  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] const std::filesystem::path& path() const { return place_.path(); }  // empty on PostgreSQL

  // For the room alone: what tables.h and Transaction stand on.
  [[nodiscard]] Session& session() { return *session_; }

 private:
  Database(std::unique_ptr<Session> session, Place place);

  std::unique_ptr<Session> session_;
  Place place_;
};

// Everything between begin and commit happens, or nothing does. Rolled back when it goes out of scope uncommitted.
// A statement that fails spoils its transaction: commit() then refuses, on both engines.
class Transaction {
 public:
  enum class Kind {
    read,   // one state of the database for several queries
    write,  // taken at once: the other write transactions of the same file or schema wait. What is read, then written, goes in one.
  };
  [[nodiscard]] static Result<Transaction> begin(Database& database, Kind kind = Kind::write);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();

  [[nodiscard]] Status commit();

 private:
  explicit Transaction(Session& session) : session_(&session) {}
  Session* session_;  // null once committed or moved from
};

}  // namespace beffroi::db
