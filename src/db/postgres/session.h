// PostgreSQL behind Session.
#pragma once

#include <memory>

#include "db/engine.h"

namespace beffroi::db::postgres {

// Takes a connection of the pool; it goes back when the session and its statements are gone.
[[nodiscard]] Result<std::unique_ptr<Session>> open(const Place& place, const OpenOptions& options);

}  // namespace beffroi::db::postgres
