// For tests: a journal that remembers what it was given, in order.
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "audit/journal.h"

namespace beffroi::audit::fake {

class KeptJournal final : public Journal {
 public:
  Status write_within(db::Database&, const tenants::Tenant& tenant, const Entry& entry) override { return write(tenant, entry); }
  Status write(const tenants::Tenant&, const Entry& entry) override {
    const auto line = line_of(entry, 0);  // what a real line could not hold is a fault here too
    if (!line) return tl::unexpected(line.error());
    const std::lock_guard lock(mutex_);
    entries_.push_back(entry);
    return {};
  }

  [[nodiscard]] std::vector<Entry> entries() const {
    const std::lock_guard lock(mutex_);
    return entries_;
  }
  // « signed_in signed_out »
  [[nodiscard]] std::string actions() const {
    std::string names;
    for (const Entry& entry : entries()) names += (names.empty() ? "" : " ") + std::string(name_of(entry.action));
    return names;
  }

 private:
  mutable std::mutex mutex_;
  std::vector<Entry> entries_;
};

}  // namespace beffroi::audit::fake
