// For tests: a journal that can write nothing, as on a full disk.
#pragma once

#include "audit/journal.h"

namespace beffroi::audit::fake {

class BrokenJournal final : public Journal {
 public:
  Status write_within(db::Database&, const tenants::Tenant& tenant, const Entry& entry) override { return write(tenant, entry); }
  Status write(const tenants::Tenant&, const Entry&) override {
    return fail(Code::storage, "Le disque est plein\u00a0: libérez de la place.");
  }
};

}  // namespace beffroi::audit::fake
