// What a room keeps about people, told by the room itself: what, why, for how long, and how to hand it over and to erase it. Retention,
// the requests of persons and the register of processing activities are made of these, and of nothing else.
//
// A Keeper is a value; its functions may be called from any thread. Days and times are UTC.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "base/result.h"
#include "db/database.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

// One purge of one kind: what is older goes.
struct Purging {
  std::string commune = {};
  std::int64_t before_ms = 0;  // midnight of before_day
  std::string before_day = {};      // « 2026-11-27 »
  audit::Who who = {};
  std::int64_t now_ms = 0;
};

// Rows that bear somebody's name without saying of which account: theirs, or a namesake's.
struct SameName {
  std::string id;     // stable as long as the rows are: « canteen_order:17701 »
  std::string words;  // French: « Cantines, commande, le 19 juin 2018 : 3 lignes »
  std::int64_t rows = 0;
};

struct Keeper {
  std::string kind = {};         // "opinions": stable
  std::string title = {};        // French: « Avis sur les réponses »
  std::string contents = {};     // French: what is kept
  std::string purpose = {};      // French
  std::string legal_basis = {};  // French: « Mission d’intérêt public (RGPD, article 6-1-e) »
  bool personal = true;     // false: counts that lead to nobody

  // Days kept when the commune decided nothing, and between which bounds it decides. All 0: as long as the account they belong to, or as
  // `kept` says.
  std::int64_t days = 0, least_days = 0, most_days = 0;
  std::string kept = {};    // French: « tant que la commune prévoit ses repas »

  std::vector<std::string> tables = {};  // which hold it
  // Inside a write transaction of the caller; how many rows. Empty: not purged by age.
  std::function<Result<std::int64_t>(db::Database&, const Purging&)> purge = {};
  // What is held about an account, as one JSON value. Empty: nothing here leads to an account.
  std::function<Result<std::string>(const tenants::Tenant&, std::string_view account)> access = {};
  // Erased; how many rows. Bears being called again. Empty: nothing to erase, or kept by law (`why_kept`).
  std::function<Result<std::int64_t>(const tenants::Tenant&, std::string_view account)> erase = {};
  // What only a name ties to the account, and those of it that a person chose erased; how many rows. Never erased otherwise. Both empty:
  // nothing here has a name without its account.
  std::function<Result<std::vector<SameName>>(const tenants::Tenant&, std::string_view account)> same_name = {};
  std::function<Result<std::int64_t>(const tenants::Tenant&, std::string_view account, const std::vector<std::string>& ids)>
      erase_same_name = {};
  std::string why_kept = {};  // French: why an erasure leaves it; empty: it does not
};

[[nodiscard]] const Keeper* keeper_of(const std::vector<Keeper>& keepers, std::string_view kind);

// Those of the rooms under this one: opinions, counts, metering, accounts, sessions, keys, acceptances, jobs, journal. Others come with
// their use case.
[[nodiscard]] std::vector<Keeper> common_keepers();

// Rows of `table` whose `column`, a day or a time in milliseconds, is before.
enum class Age { day, time_ms };
[[nodiscard]] std::function<Result<std::int64_t>(db::Database&, const Purging&)> purge_rows(std::string table, std::string column, Age age,
                                                                                            std::string also = {});

}  // namespace beffroi::compliance
