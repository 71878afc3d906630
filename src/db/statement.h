// One prepared SQL statement: bind by position (from 1), step through rows, read columns by position (from 0).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace beffroi::db {

class Statement {
 public:
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  // The bytes are copied. A position out of range is a bug: Code::internal.
  [[nodiscard]] Status bind(int position, std::string_view text);
  [[nodiscard]] Status bind(int position, std::int64_t number);
  [[nodiscard]] Status bind(int position, double number);
  [[nodiscard]] Status bind(int position, std::span<const std::byte> bytes);
  [[nodiscard]] Status bind_null(int position);
  // Binds all parameters in order.
  template <class... Values>
  [[nodiscard]] Status bind_all(const Values&... values);

  // True: a row is there to read. False: no more rows.
  [[nodiscard]] Result<bool> step();
  // Runs a statement that gives no row, and makes it ready to run again.
  [[nodiscard]] Status run();
  // Ready to run again; the bound values stay.
  void reset();

  // Valid until the next step, reset or end of the statement. A NULL reads as empty or 0.
  [[nodiscard]] std::string_view text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] std::span<const std::byte> bytes(int column) const;
  [[nodiscard]] bool is_null(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

template <class... Values>
Status Statement::bind_all(const Values&... values) {
  Status status;
  int position = 0;
  ((status = status ? bind(++position, values) : status), ...);
  return status;
}

}  // namespace beffroi::db
