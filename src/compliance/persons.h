// The rights of a person who has an account: everything held about them handed over, or erased. The public leaves nothing that leads to
// anybody, so that nothing can be handed over to it (RGPD, article 11).
//
// Functions of one Tenant: any thread. Both are written in the journal.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "compliance/purge.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

// One JSON document: what, why, for how long, from each keeper. Nothing is handed over that is not written in the journal.
// Code::not_found: no such account.
[[nodiscard]] Result<std::string> access_data(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, std::string_view account,
                                              const PurgeOrder& order);

// What bears the name of this account, and may be a namesake's: for whoever answers the request to choose from.
[[nodiscard]] Result<std::vector<SameName>> same_names(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                       std::string_view account);

struct Erased {
  std::string kind, title;
  std::int64_t rows = 0;
  std::string why_kept;  // French; empty: nothing is kept
};
struct ErasureReport {
  std::vector<Erased> kinds;
  std::vector<SameName> left;       // of the same name, not chosen: they stay
  bool traces_left = false;         // somebody was reading: the next purge finishes
  std::vector<BackupHeld> backups;  // that still hold it
};
// Everything of the account, and `chosen` of same_names (their ids) first of all. Interrupted, it is finished by the next purge, or by
// asking again. Code::not_found: no such account, and no erasure under way.
[[nodiscard]] Result<ErasureReport> erase_person(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                 std::string_view account, const PurgeOrder& order,
                                                 const std::vector<std::string>& chosen = {});

// Those interrupted: which accounts.
[[nodiscard]] Result<std::vector<std::string>> finish_erasures(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                               const PurgeOrder& order);

}  // namespace beffroi::compliance
