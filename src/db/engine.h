// Inside the room: what each engine does in its own way. Database and Statement are the same above both.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "db/options.h"
#include "db/place.h"
#include "db/tables.h"

namespace beffroi::db {

// One prepared statement; the contract of each function is in statement.h. Keeps its connection alive.
class Query {
 public:
  Query() = default;
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  virtual ~Query() = default;

  [[nodiscard]] virtual Status bind(int position, std::string_view text) = 0;
  [[nodiscard]] virtual Status bind(int position, std::int64_t number) = 0;
  [[nodiscard]] virtual Status bind(int position, double number) = 0;
  [[nodiscard]] virtual Status bind(int position, std::span<const std::byte> bytes) = 0;
  [[nodiscard]] virtual Status bind_null(int position) = 0;
  [[nodiscard]] virtual Result<bool> step() = 0;
  virtual void reset() = 0;

  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual std::int64_t number(int column) const = 0;
  [[nodiscard]] virtual double real(int column) const = 0;
  [[nodiscard]] virtual std::span<const std::byte> bytes(int column) const = 0;
  [[nodiscard]] virtual bool is_null(int column) const = 0;
};

// One open database, for one thread at a time.
class Session {
 public:
  Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  virtual ~Session() = default;

  [[nodiscard]] virtual Status execute(const std::string& sql) = 0;
  [[nodiscard]] virtual Result<std::unique_ptr<Query>> prepare(std::string_view sql) = 0;
  [[nodiscard]] virtual std::int64_t changes() const = 0;
  virtual void checkpoint() = 0;

  [[nodiscard]] virtual Status begin(bool write) = 0;
  // Refused, and rolled back, when a statement failed since begin().
  [[nodiscard]] virtual Status commit() = 0;
  virtual void rollback() = 0;

  // The number that the former scheme of migrations kept in an SQLite file. An older program still reads it, and refuses a newer file.
  [[nodiscard]] virtual Result<int> former_version() = 0;
  [[nodiscard]] virtual Status set_former_version(int number) = 0;
  // Before a migration, inside its transaction: as long as it takes.
  [[nodiscard]] virtual Status lift_time_limit() = 0;

  [[nodiscard]] virtual Result<std::vector<std::string>> tables() = 0;  // by name
  [[nodiscard]] virtual Result<std::vector<Column>> columns(std::string_view table) = 0;
  // Pairs (table, table it references), without those that reference themselves.
  [[nodiscard]] virtual Result<std::vector<std::pair<std::string, std::string>>> references() = 0;
  [[nodiscard]] virtual Status resume_numbering(std::string_view table) = 0;
};

}  // namespace beffroi::db
