// For how long a commune keeps what: its own days where it decided, else the keeper's. Functions of one Tenant: any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "audit/line.h"
#include "base/result.h"
#include "compliance/keeper.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

struct Retention {
  std::string kind;
  std::int64_t days = 0;         // 0: as long as the account
  bool decided = false;          // by the commune; false: the default
  std::int64_t changed_ms = 0;
};

// One a keeper, in their order. Code::bad_input when what is stored is out of bounds: nothing is then erased by mistake.
[[nodiscard]] Result<std::vector<Retention>> retentions(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers);

// Written in the journal. Code::not_found: no such kind; Code::invalid_argument: out of the keeper's bounds, or not kept by age.
struct NewRetention {
  std::string kind;
  std::int64_t days = 0;
};
[[nodiscard]] Status set_retention(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, const NewRetention& wanted,
                                   const audit::Who& who, std::int64_t now_ms);

// « 365 jours », « 1 jour », « tant que le compte existe »
[[nodiscard]] std::string readable_days(const Keeper& keeper, std::int64_t days);

}  // namespace beffroi::compliance
