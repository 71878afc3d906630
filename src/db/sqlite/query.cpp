#include "db/sqlite/query.h"

#include "db/sqlite/failure.h"

namespace beffroi::db::sqlite {

Status Connection::checked(int answer) {
  if (answer == SQLITE_OK) return {};
  spoiled = true;
  return failure(answer, name, handle);
}

Status SqliteQuery::bind(int position, std::string_view text) {
  return connection_->checked(
      sqlite3_bind_text64(statement_, position, text.data() != nullptr ? text.data() : "", text.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

Status SqliteQuery::bind(int position, std::int64_t number) {
  return connection_->checked(sqlite3_bind_int64(statement_, position, number));
}

Status SqliteQuery::bind(int position, double number) { return connection_->checked(sqlite3_bind_double(statement_, position, number)); }

Status SqliteQuery::bind(int position, std::span<const std::byte> bytes) {
  const void* start = bytes.empty() ? "" : static_cast<const void*>(bytes.data());
  return connection_->checked(sqlite3_bind_blob64(statement_, position, start, bytes.size(), SQLITE_TRANSIENT));
}

Status SqliteQuery::bind_null(int position) { return connection_->checked(sqlite3_bind_null(statement_, position)); }

Result<bool> SqliteQuery::step() {
  const int answer = sqlite3_step(statement_);
  if (answer == SQLITE_ROW) return true;
  if (answer == SQLITE_DONE) return false;
  auto failed = connection_->checked(answer);
  sqlite3_reset(statement_);
  return tl::unexpected<Error>(std::move(failed).error());
}

void SqliteQuery::reset() { sqlite3_reset(statement_); }

std::string_view SqliteQuery::text(int column) const {
  const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return start == nullptr ? std::string_view{}
                          : std::string_view(start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
}

std::int64_t SqliteQuery::number(int column) const { return sqlite3_column_int64(statement_, column); }
double SqliteQuery::real(int column) const { return sqlite3_column_double(statement_, column); }

std::span<const std::byte> SqliteQuery::bytes(int column) const {
  const auto* start = static_cast<const std::byte*>(sqlite3_column_blob(statement_, column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

bool SqliteQuery::is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

}  // namespace beffroi::db::sqlite
