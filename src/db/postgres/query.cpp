#include "db/postgres/query.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <utility>

namespace beffroi::db::postgres {

namespace {

// pg_type.dat; they never change.
constexpr Oid kBool = 16, kBytes = 17;

template <class Number>
Number parsed(std::string_view text) {
  Number number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// « \x41ff » as bytes.
std::string unhexed(std::string_view text) {
  std::string bytes;
  for (std::size_t i = 2; i + 1 < text.size(); i += 2) {
    unsigned char byte = 0;
    std::from_chars(text.data() + i, text.data() + i + 2, byte, 16);
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

}  // namespace

PostgresQuery::PostgresQuery(std::shared_ptr<Connection> connection, std::shared_ptr<const Plan> plan)
    : connection_(std::move(connection)),
      plan_(std::move(plan)),
      values_(plan_->parameters.size()),
      formats_(plan_->parameters.size(), Format::text) {}

Status PostgresQuery::within(int position) const {
  if (position >= 1 && static_cast<std::size_t>(position) <= values_.size()) return {};
  return fail(Code::internal, fmt::format("«\u00a0{}\u00a0» n’a pas pu être lu ou écrit.", connection_->schema()),
              "parameter out of range");
}

Status PostgresQuery::put(int position, std::string value, Format format) {
  BEFFROI_CHECK(within(position));
  const auto at = static_cast<std::size_t>(position) - 1;
  if ((plan_->parameters[at] == kBytes) != (format == Format::bytes)) {
    return fail(Code::conflict, fmt::format("«\u00a0{}\u00a0» a refusé une donnée qui n’est pas du bon type.", connection_->schema()),
                fmt::format("parameter {}: bytes where text is wanted, or the contrary", position));
  }
  values_[at] = std::move(value);
  formats_[at] = format;
  return {};
}

Status PostgresQuery::bind(int position, std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return fail(Code::bad_input, "Un texte contient un caractère nul.");
  return put(position, std::string(text), Format::text);
}

Status PostgresQuery::bind(int position, std::int64_t number) { return put(position, fmt::format("{}", number), Format::text); }

// Not a number is NULL, as on SQLite.
Status PostgresQuery::bind(int position, double number) {
  return std::isnan(number) ? bind_null(position) : put(position, fmt::format("{}", number), Format::text);
}

Status PostgresQuery::bind(int position, std::span<const std::byte> bytes) {
  return put(position, std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()), Format::bytes);
}

Status PostgresQuery::bind_null(int position) {
  BEFFROI_CHECK(within(position));
  values_[static_cast<std::size_t>(position) - 1].reset();
  return {};
}

Status PostgresQuery::run() {
  Parameters parameters;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    parameters.values.push_back(values_[i] ? values_[i]->c_str() : nullptr);
    parameters.lengths.push_back(values_[i] ? static_cast<int>(values_[i]->size()) : 0);
    parameters.formats.push_back(static_cast<int>(formats_[i]));
  }
  answer_ = BEFFROI_TRY(connection_->run(plan_, parameters));
  return {};
}

Result<bool> PostgresQuery::step() {
  if (answer_ == nullptr) BEFFROI_CHECK(run());
  decoded_.clear();
  if (++row_ < PQntuples(answer_.get())) return true;
  reset();
  return false;
}

void PostgresQuery::reset() {
  answer_.reset();
  decoded_.clear();
  row_ = -1;
}

bool PostgresQuery::is_null(int column) const {
  return answer_ == nullptr || column < 0 || column >= PQnfields(answer_.get()) || PQgetisnull(answer_.get(), row_, column) != 0;
}

std::string_view PostgresQuery::raw(int column) const {
  if (is_null(column)) return {};
  return {PQgetvalue(answer_.get(), row_, column), static_cast<std::size_t>(PQgetlength(answer_.get(), row_, column))};
}

std::string_view PostgresQuery::text(int column) const {
  const std::string_view written = raw(column);
  if (written.empty()) return written;
  const Oid type = PQftype(answer_.get(), column);
  if (type == kBool) return written == "t" ? "1" : "0";
  if (type != kBytes) return written;
  auto [entry, fresh] = decoded_.try_emplace(column);
  if (fresh) entry->second = unhexed(written);
  return entry->second;
}

std::int64_t PostgresQuery::number(int column) const { return parsed<std::int64_t>(text(column)); }
double PostgresQuery::real(int column) const { return parsed<double>(text(column)); }

std::span<const std::byte> PostgresQuery::bytes(int column) const {
  const std::string_view found = text(column);
  return std::as_bytes(std::span(found.data(), found.size()));
}

}  // namespace beffroi::db::postgres
