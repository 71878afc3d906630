// How a database is opened.
#pragma once

namespace beffroi::db {

enum class Access {
  read_only,   // the file or the schema must exist; Code::not_found otherwise
  read_write,  // made when missing; the folder of a file is not
};

struct OpenOptions {
  Access access = Access::read_write;
  int busy_timeout_ms = 5000;         // how long a statement waits for another writer, or an opening for its turn, before Code::busy
  int statement_timeout_ms = 60'000;  // PostgreSQL only: a statement that runs longer is stopped, Code::busy
};

}  // namespace beffroi::db
