// What PostgreSQL answered, as our Error: one French sentence, and a detail without any value of the data.
#pragma once

#include <libpq-fe.h>

#include <string_view>

#include "base/result.h"

namespace beffroi::db::postgres {

// `state`: the five characters of SQLSTATE, empty when the server said nothing; `where`: the schema, for the person.
[[nodiscard]] Error failure(std::string_view state, std::string_view where, std::string detail);

// `result` may be null: the connection broke.
[[nodiscard]] tl::unexpected<Error> failure(const PGresult* result, std::string_view where, const PGconn* connection);

}  // namespace beffroi::db::postgres
