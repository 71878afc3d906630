// The seam between an act and its line: nothing is done that is not written. The line comes first, then the act; an act that fails is told
// by a second line. Any thread.
#pragma once

#include <utility>

#include "audit/journal.h"
#include "base/result.h"
#include "tenants/tenant.h"

namespace beffroi::audit {

// `act`: a function without arguments that gives a Status or a Result. Its outcome, or the error of the journal, and it was not called.
template <class Act>
[[nodiscard]] auto recorded(Journal& journal, const tenants::Tenant& tenant, Entry entry, const Act& act) -> decltype(act()) {
  if (const Status written = journal.write(tenant, entry); !written) return tl::unexpected(written.error());
  auto outcome = act();
  if (!outcome) {
    entry.outcome = "failed";
    (void)journal.write(tenant, entry);  // the first line told that it was begun
  }
  return outcome;
}

}  // namespace beffroi::audit
