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

struct Erased {
  std::string kind, title;
  std::int64_t rows = 0;
  std::string why_kept;  // French; empty: nothing is kept
};
struct ErasureReport {
  std::vector<Erased> kinds;
  bool traces_left = false;         // somebody was reading: the next purge finishes
  std::vector<BackupHeld> backups;  // that still hold it
};
// Interrupted, it is finished by the next purge, or by asking again. Code::not_found: no such account, and no erasure under way.
[[nodiscard]] Result<ErasureReport> erase_person(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                 std::string_view account, const PurgeOrder& order);

// Those interrupted: which accounts.
[[nodiscard]] Result<std::vector<std::string>> finish_erasures(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                               const PurgeOrder& order);

}  // namespace beffroi::compliance
