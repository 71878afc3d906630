// SQLite behind Session.
#pragma once

#include <memory>

#include "db/engine.h"

namespace beffroi::db::sqlite {

[[nodiscard]] Result<std::unique_ptr<Session>> open(const Place& place, const OpenOptions& options);

}  // namespace beffroi::db::sqlite
