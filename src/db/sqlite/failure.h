// What SQLite answered, as our Error.
#pragma once

#include <string_view>

#include "base/result.h"

struct sqlite3;

namespace beffroi::db::sqlite {

// `answer`: SQLite's result code; `where`: the file, for the person; `connection` may be null.
[[nodiscard]] tl::unexpected<Error> failure(int answer, std::string_view where, sqlite3* connection);

}  // namespace beffroi::db::sqlite
