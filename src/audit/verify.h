// The proof that a journal is whole: every line from the first one kept to the last one written, its number, its hash, and the head.
//
// It finds any line altered, removed, added or moved, at the end too. Who owns the machine could write the whole chain again: a head noted
// elsewhere (`noted`, printed by each verification) tells that as well.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/journal.h"
#include "base/result.h"
#include "tenants/tenant.h"

namespace beffroi::audit {

// « 1234:9f86d0… »: a line's number and hash, as noted at an earlier verification.
struct Noted {
  std::int64_t number = 0;
  std::string hash;
};
[[nodiscard]] Result<Noted> parse_noted(std::string_view text);

struct Verification {
  std::int64_t kept = 0;        // lines read
  Head head;
  std::int64_t fault_at = 0;    // number of the first line at fault; 0: none
  std::string fault;            // French
  [[nodiscard]] bool whole() const { return fault.empty(); }
};

[[nodiscard]] Result<Verification> verify(const tenants::Tenant& tenant, const std::optional<Noted>& noted = std::nullopt);

}  // namespace beffroi::audit
