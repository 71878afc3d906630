// One prepared SQL statement: bind by position (from 1), step through rows, read columns by position (from 0).
//
// PostgreSQL brings all the rows of a query at its first step: read a large table by pages. Its texts hold no NUL and are UTF-8
// (Code::bad_input otherwise). A truth value (« a < b ») reads as 1 or 0.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace beffroi::db {

class Query;

class Statement {
 public:
  explicit Statement(std::unique_ptr<Query> query);  // by Database::prepare
  Statement(Statement&&) noexcept;
  Statement& operator=(Statement&&) noexcept;
  ~Statement();

  // The bytes are copied. A position out of range is a bug: Code::internal.
  [[nodiscard]] Status bind(int position, std::string_view text);
  [[nodiscard]] Status bind(int position, std::int64_t number);
  [[nodiscard]] Status bind(int position, double number);
  [[nodiscard]] Status bind(int position, std::span<const std::byte> bytes);
  [[nodiscard]] Status bind_null(int position);
  // Binds all parameters in order.
  template <class... Values>
  [[nodiscard]] Status bind_all(const Values&... values);

  // True: a row is there to read. False: no more rows; outside a transaction, what an INSERT … RETURNING wrote is only then kept for
  // certain.
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
  std::unique_ptr<Query> query_;
};

template <class... Values>
Status Statement::bind_all(const Values&... values) {
  Status status;
  int position = 0;
  ((status = status ? bind(++position, values) : status), ...);
  return status;
}

}  // namespace beffroi::db
