// What an erasure leaves in a database's files, and how it is made to leave nothing.
//
//   SQLite       freed bytes are overwritten (secure_delete), the file is written anew without its free pages (VACUUM), the journal emptied
//   PostgreSQL   the tables are written anew (VACUUM FULL); the server's own log of writes is kept as its administrator decides
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "db/database.h"

namespace beffroi::compliance {

// On the connection that is about to erase.
[[nodiscard]] Status erase_for_good(db::Database& database);

// True: nothing of what was erased is left in the files. False: somebody is reading, to be done again later. Outside of a transaction.
[[nodiscard]] Result<bool> wipe_traces(db::Database& database, const std::vector<std::string>& tables);

}  // namespace beffroi::compliance
