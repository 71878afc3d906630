// The rows of metering in a commune's own file: a day and no hour, a service, a model and numbers. No text that anyone wrote.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"
#include "metering/ledger.h"

namespace beffroi::metering {

// The table that the rows need, numbered across the program: to be given with those of the rooms that come before.
[[nodiscard]] std::span<const db::Migration> lines_migrations();

// Keeps one request in its commune's file; line.commune is the file's and is not written. A failure must not fail the request.
[[nodiscard]] Status keep(db::Database& commune, const Line& line);

// From one day to another, both included (« 2026-11-23 »), by model; "" : without a model.
[[nodiscard]] Result<std::map<std::string, Totals>> totals_by_model(db::Database& commune, std::string_view first_day,
                                                                    std::string_view last_day);

}  // namespace beffroi::metering
