// The open files that rest, while somebody asked for it (db/kept_open.h). Thread-safe.
#pragma once

#include <filesystem>
#include <memory>

#include "db/sqlite/query.h"

namespace beffroi::db::sqlite {

// One that rests on the very file that bears this name now; null when none does.
[[nodiscard]] std::unique_ptr<Connection> take_resting(const std::filesystem::path& path);

// Shared by a session and its statements. When the last is gone it rests, its transaction rolled back, or is closed.
[[nodiscard]] std::shared_ptr<Connection> shared(std::unique_ptr<Connection> connection);

}  // namespace beffroi::db::sqlite
