// Who comes in is written, by a password or by a provider. Only for account.cpp and provider.cpp.
#pragma once

#include "audit/journal.h"
#include "base/result.h"
#include "people/sign_in.h"
#include "tenants/tenant.h"

namespace beffroi::account {

// The session is known once it is open: when its line cannot be written it is closed again, and nobody has come in.
[[nodiscard]] Status note_entrance(audit::Journal& journal, const tenants::Tenant& tenant, const people::Opened& opened);

}  // namespace beffroi::account
