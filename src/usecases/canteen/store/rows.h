// Small helps for the statements of the store.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"
#include "forecast/dates.h"

namespace beffroi::canteen {

// Who does something, and when (milliseconds since 1970).
struct By {
  std::string author;        // a name, as the pages show it
  std::int64_t at_ms = 0;
  std::string account = {};  // id of who is named; empty: somebody without an account (the command line)
};

// A statement of one row written, with its values in order. Empty optional: NULL.
class Row {
 public:
  explicit Row(db::Statement& statement) : statement_(statement) {}
  Row& text(std::string_view value) { return keep(statement_.bind(++position_, value)); }
  Row& day(forecast::Day value) { return text(forecast::to_iso(value)); }
  Row& number(std::int64_t value) { return keep(statement_.bind(++position_, value)); }
  Row& real(double value) { return keep(statement_.bind(++position_, value)); }
  Row& count(const std::optional<int>& value) {
    return keep(value ? statement_.bind(++position_, std::int64_t{*value}) : statement_.bind_null(++position_));
  }
  [[nodiscard]] Status run() { return status_ ? statement_.run() : status_; }

 private:
  Row& keep(Status status) {
    if (status_) status_ = std::move(status);
    return *this;
  }

  db::Statement& statement_;
  int position_ = 0;
  Status status_;
};

// A day as the tables write it. Days that are none are a damaged table.
[[nodiscard]] Result<forecast::Day> day_in(const db::Statement& row, int column);
[[nodiscard]] std::optional<int> count_in(const db::Statement& row, int column);

}  // namespace beffroi::canteen
