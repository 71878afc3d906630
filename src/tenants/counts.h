// What a syndicate's administrator may know of a commune without being let in: numbers, never a word of the contents.
#pragma once

#include <cstdint>
#include <string>

namespace beffroi::tenants {

struct Counts {
  std::int64_t people = 0;
  std::int64_t answers = 0;          // requests counted by metering
  std::int64_t conversations = 0;
  std::int64_t jobs_failed = 0;
  std::int64_t last_backup_ms = 0;   // since 1970, UTC; 0: never
  std::int64_t database_bytes = 0;
  std::int64_t schema_version = 0;
};

// Each one a SELECT that gives one number, on the node's database; empty: not counted, 0.
struct CountQueries {
  std::string people, answers, conversations, jobs_failed;
};

}  // namespace beffroi::tenants
