#include "db/statement.h"

#include <sqlite3.h>

#include "db/failure.h"

namespace beffroi::db {

namespace {

Status checked(int answer, sqlite3_stmt* statement) {
  if (answer == SQLITE_OK) return {};
  sqlite3* connection = sqlite3_db_handle(statement);
  const char* file = sqlite3_db_filename(connection, "main");
  return failure(answer, file != nullptr ? file : "", connection);
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

Status Statement::bind(int position, std::string_view text) {
  return checked(sqlite3_bind_text64(statement_.get(), position, text.data() != nullptr ? text.data() : "", text.size(), SQLITE_TRANSIENT,
                                     SQLITE_UTF8),
                 statement_.get());
}

Status Statement::bind(int position, std::int64_t number) {
  return checked(sqlite3_bind_int64(statement_.get(), position, number), statement_.get());
}

Status Statement::bind(int position, double number) {
  return checked(sqlite3_bind_double(statement_.get(), position, number), statement_.get());
}

Status Statement::bind(int position, std::span<const std::byte> bytes) {
  return checked(sqlite3_bind_blob64(statement_.get(), position, bytes.empty() ? "" : static_cast<const void*>(bytes.data()), bytes.size(),
                                     SQLITE_TRANSIENT),
                 statement_.get());
}

Status Statement::bind_null(int position) { return checked(sqlite3_bind_null(statement_.get(), position), statement_.get()); }

Result<bool> Statement::step() {
  const int answer = sqlite3_step(statement_.get());
  if (answer == SQLITE_ROW) return true;
  if (answer == SQLITE_DONE) return false;
  auto failed = checked(answer, statement_.get());
  sqlite3_reset(statement_.get());
  return tl::unexpected<Error>(std::move(failed).error());
}

Status Statement::run() {
  BEFFROI_TRY(step());
  reset();
  return {};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string_view Statement::text(int column) const {
  const auto* start = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  return start == nullptr ? std::string_view{}
                          : std::string_view(start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column)));
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }

std::span<const std::byte> Statement::bytes(int column) const {
  const auto* start = static_cast<const std::byte*>(sqlite3_column_blob(statement_.get(), column));
  return {start, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

}  // namespace beffroi::db
