// The register of acceptances as a file: who (the name of the account today), which version, when. Exporting is a line of the journal.
#pragma once

#include <string>
#include <vector>

#include "audit/export.h"
#include "base/result.h"
#include "people/account.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

[[nodiscard]] Result<std::string> export_acceptances(const tenants::Tenant& tenant, audit::Format format, const audit::Who& who,
                                                     std::int64_t now_ms);

// The accounts as a person reads them: « Camille Martin (cmartin) », or the id of one that was erased.
[[nodiscard]] std::string readable_account(const std::vector<people::Account>& accounts, std::string_view id);

}  // namespace beffroi::compliance
