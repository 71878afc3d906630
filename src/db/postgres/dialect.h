// The SQL of the house in PostgreSQL's words.
//
//   ?                          $1, $2…  (not inside quotes nor comments)
//   CAST(x AS INTEGER)         BIGINT; REAL: DOUBLE PRECISION; BLOB: BYTEA
// in CREATE TABLE and ALTER TABLE:
//   column INTEGER             BIGINT; REAL and BLOB as above; TEXT sorts by its bytes, as on SQLite
//   id INTEGER PRIMARY KEY     an identity column
//   DEFAULT (date('now'))      the day, UTC
//   ) STRICT, WITHOUT ROWID    )
#pragma once

#include <string>
#include <string_view>

namespace beffroi::db::postgres {

[[nodiscard]] std::string translated(std::string_view sql);

}  // namespace beffroi::db::postgres
