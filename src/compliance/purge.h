// What is older than its retention goes, with the proof that it did: a line of the journal a kind (how many, until which day), in the
// same transaction as what it erases; then one for the whole, once nothing is left in the files.
//
// Killed half-way, a purge is finished by the next one. A clock that jumped erases nothing: when the last look at the clock is more than
// kMostDaysForward ago, or was never, somebody must confirm the date. The function of a daily job (room `jobs`), and of a command.
//
// Elsewhere than in the commune's database nothing of a person is kept: the search index, the vectors and the states of the language
// model are made of the official base only. Backups made before still hold what they held; they are listed.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "audit/line.h"
#include "base/result.h"
#include "compliance/keeper.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

inline constexpr std::int64_t kMostDaysForward = 7;

struct BackupHeld {
  std::string file;
  std::int64_t made_ms = 0;
};
// Those of the installation, as it lists them.
using Backups = std::function<Result<std::vector<BackupHeld>>()>;

struct PurgeOrder {
  std::int64_t now_ms = 0;
  bool date_confirmed = false;  // by a person who looked at it
  audit::Who who = {audit::Actor::program, ""};
  Backups backups = {};
};

struct PurgedKind {
  std::string kind, title;
  std::int64_t days = 0;
  std::string before_day;
  std::int64_t rows = 0;
};

struct PurgeReport {
  bool first_look = false;            // the clock had never been looked at: nothing was erased, the next purge will
  std::vector<PurgedKind> kinds;
  std::int64_t rows = 0;
  bool traces_left = false;           // somebody was reading: the files still hold some of it, the next purge goes on
  std::vector<BackupHeld> backups;    // that still hold it
  std::vector<std::string> persons;   // accounts whose erasure was interrupted, and is now finished
};

// Code::conflict: the clock seems to have jumped, nothing was erased.
[[nodiscard]] Result<PurgeReport> purge(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, const PurgeOrder& order);

// When the clock was last looked at; 0: never.
struct PurgeState {
  std::int64_t looked_ms = 0;
  bool traces_left = false;
};
[[nodiscard]] Result<PurgeState> purge_state(db::Database& database);
[[nodiscard]] Status keep_purge_state(db::Database& database, const PurgeState& state);

}  // namespace beffroi::compliance
