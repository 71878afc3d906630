// The delegate for the protection of data (DPO): whom the register names, and to whom people write (RGPD, articles 30 and 37).
// Functions of one Tenant: any thread.
#pragma once

#include <cstdint>
#include <string>

#include "audit/line.h"
#include "base/result.h"
#include "tenants/tenant.h"

namespace beffroi::compliance {

struct Delegate {
  std::string name;     // a person, or the body that serves the commune; empty: not named yet
  std::string contact;  // an e-mail address, a telephone, a postal address; may be empty

  // « Centre de gestion du Nord, dpo@cdg.fr »; empty when there is none.
  [[nodiscard]] std::string words() const { return name + (contact.empty() ? "" : ", " + contact); }
};

[[nodiscard]] Result<Delegate> delegate_of(const tenants::Tenant& tenant);
// With its line in the journal, both or none. Without a name and a contact: nobody any more. Code::invalid_argument for a contact without a
// name, a text over 200 bytes or of several lines.
[[nodiscard]] Status name_delegate(const tenants::Tenant& tenant, const Delegate& delegate, const audit::Who& who, std::int64_t now_ms);

}  // namespace beffroi::compliance
