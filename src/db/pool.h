// The connections that this process keeps to its PostgreSQL servers. Zeros on SQLite, which keeps none. Any thread.
#pragma once

namespace beffroi::db {

struct PoolLoad {
  int lent = 0;     // at work
  int resting = 0;  // open, ready to be lent
  int limit = 0;    // that may be open
};
[[nodiscard]] PoolLoad pool_load();

}  // namespace beffroi::db
