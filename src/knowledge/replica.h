// A corpus shared by several machines of one installation: one imports, the others bring their own file and index up to date.
//
// The shared database (PostgreSQL, a schema of its own) holds the publications of each corpus with the hash of each, and a line for every
// generation. A machine whose generation is another one takes the publications whose hash differs, and nothing more.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "db/database.h"

namespace beffroi::knowledge {

// The tables of the shared database, whose only owner is this room: numbered from 1.
[[nodiscard]] std::span<const db::Migration> replica_migrations();

struct Exchanged {
  bool changed = false;           // false: both sides had the same generation
  std::string generation;
  std::int64_t taken = 0;         // publications added or changed on the side that was behind
  std::int64_t removed = 0;
};

// The corpus of this machine becomes the shared one, in one transaction. Code::not_found when there is none in `folder`.
[[nodiscard]] Result<Exchanged> publish(const std::filesystem::path& folder, std::string_view corpus, db::Database& shared);

// The shared corpus becomes the one of this machine: file and index, as an import does, whole or not at all. Nothing shared: nothing
// done. Code::bad_input when what came is not what its hashes say.
[[nodiscard]] Result<Exchanged> pull(const std::filesystem::path& folder, std::string_view corpus, db::Database& shared);

}  // namespace beffroi::knowledge
