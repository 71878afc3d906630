// One SQLite statement behind Query, and the connection that it and its session share.
#pragma once

#include <sqlite3.h>
#include <sys/types.h>

#include <memory>
#include <string>

#include "db/engine.h"

namespace beffroi::db::sqlite {

struct Connection {
  sqlite3* handle = nullptr;
  std::string name;      // the file, for the person
  bool spoiled = false;  // a statement failed since the transaction began
  dev_t device = 0;      // of the file that is open, whatever bears its name later
  ino_t inode = 0;

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection() { sqlite3_close_v2(handle); }

  // SQLite's result code, as ours.
  [[nodiscard]] Status checked(int answer);
};

class SqliteQuery final : public Query {
 public:
  SqliteQuery(std::shared_ptr<Connection> connection, sqlite3_stmt* statement)
      : connection_(std::move(connection)), statement_(statement) {}
  ~SqliteQuery() override { sqlite3_finalize(statement_); }

  Status bind(int position, std::string_view text) override;
  Status bind(int position, std::int64_t number) override;
  Status bind(int position, double number) override;
  Status bind(int position, std::span<const std::byte> bytes) override;
  Status bind_null(int position) override;
  Result<bool> step() override;
  void reset() override;
  std::string_view text(int column) const override;
  std::int64_t number(int column) const override;
  double real(int column) const override;
  std::span<const std::byte> bytes(int column) const override;
  bool is_null(int column) const override;

 private:
  std::shared_ptr<Connection> connection_;
  sqlite3_stmt* statement_;
};

}  // namespace beffroi::db::sqlite
