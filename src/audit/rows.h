// Inside the room: lines as rows.
#pragma once

#include <string_view>

#include "audit/journal.h"
#include "db/database.h"

namespace beffroi::audit {

inline constexpr std::string_view kColumns =
    "number, at_ms, who_kind, who, action, object, sources, model, model_sha256, passed, refused, outcome, hash";

// The row that a statement stands on, selected with kColumns.
[[nodiscard]] Line read_line(const db::Statement& row);

// Every kept line in order, a page of the table at a time; inside a transaction of the caller.
[[nodiscard]] Status each_row(db::Database& database, const Period& period, const OnLine& on_line);

}  // namespace beffroi::audit
