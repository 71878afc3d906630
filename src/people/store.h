// Inside the room: what its functions share to read and write the tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "db/database.h"
#include "people/visitor.h"
#include "tenants/tenant.h"

namespace beffroi::people::store {

// Runs one statement that gives no row.
template <class... Values>
Status run(db::Database& database, std::string_view sql, const Values&... values) {
  db::Statement statement = BEFFROI_TRY(database.prepare(sql));
  BEFFROI_CHECK(statement.bind_all(values...));
  return statement.run();
}

// The same, and how many rows it touched.
template <class... Values>
Result<std::int64_t> changed(db::Database& database, std::string_view sql, const Values&... values) {
  BEFFROI_CHECK(run(database, sql, values...));
  return database.changes();
}

// Roles of an account by name, then those of its groups, without repetition.
[[nodiscard]] Result<std::vector<Membership>> all_memberships(db::Database& database, std::string_view account);

// Columns role and service of the statement's rows. A role that this program does not know gives nothing: deny by default.
[[nodiscard]] Result<std::vector<Membership>> read_memberships(db::Statement& statement);

[[nodiscard]] Status check_memberships(const tenants::Tenant& tenant, std::span<const Membership> memberships);

// Code::invalid_argument unless 1 to `most` bytes of valid text without control characters.
[[nodiscard]] Status check_label(std::string_view text, std::size_t most, std::string_view what);

[[nodiscard]] tl::unexpected<Error> no_account();

}  // namespace beffroi::people::store
