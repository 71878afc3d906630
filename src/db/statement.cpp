#include "db/statement.h"

#include <utility>

#include "db/engine.h"

namespace beffroi::db {

Statement::Statement(std::unique_ptr<Query> query) : query_(std::move(query)) {}
Statement::Statement(Statement&&) noexcept = default;
Statement& Statement::operator=(Statement&&) noexcept = default;
Statement::~Statement() = default;

Status Statement::bind(int position, std::string_view text) { return query_->bind(position, text); }
Status Statement::bind(int position, std::int64_t number) { return query_->bind(position, number); }
Status Statement::bind(int position, double number) { return query_->bind(position, number); }
Status Statement::bind(int position, std::span<const std::byte> bytes) { return query_->bind(position, bytes); }
Status Statement::bind_null(int position) { return query_->bind_null(position); }

Result<bool> Statement::step() { return query_->step(); }

Status Statement::run() {
  BEFFROI_TRY(step());
  reset();
  return {};
}

void Statement::reset() { query_->reset(); }

std::string_view Statement::text(int column) const { return query_->text(column); }
std::int64_t Statement::number(int column) const { return query_->number(column); }
double Statement::real(int column) const { return query_->real(column); }
std::span<const std::byte> Statement::bytes(int column) const { return query_->bytes(column); }
bool Statement::is_null(int column) const { return query_->is_null(column); }

}  // namespace beffroi::db
