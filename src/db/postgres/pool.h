// The connections of this process to its servers, kept and lent again: opening one costs the server a process and a password check.
#pragma once

#include <chrono>
#include <memory>

#include "base/result.h"
#include "db/options.h"
#include "db/place.h"
#include "db/postgres/connection.h"

namespace beffroi::db::postgres {

// A connection of the place's schema; it goes back, rolled back, when the last pointer to it is gone. Any thread may ask.
// Waits for its turn, for options.busy_timeout_ms at most, when as many as place.server().connections are lent: then Code::busy.
[[nodiscard]] Result<std::shared_ptr<Connection>> lend(const Place& place, const OpenOptions& options);

}  // namespace beffroi::db::postgres
