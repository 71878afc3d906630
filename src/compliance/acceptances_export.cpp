#include "compliance/acceptances_export.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/csv.h"
#include "audit/journal.h"
#include "compliance/charter.h"
#include "json/writer.h"

namespace beffroi::compliance {

Result<std::string> export_acceptances(const tenants::Tenant& tenant, audit::Format format, const audit::Who& who, std::int64_t now_ms) {
  audit::Entry entry;
  entry.who = who;
  entry.action = audit::Action::acceptances_exported;
  BEFFROI_TRY(audit::append(tenant, entry, now_ms));
  const auto given = BEFFROI_TRY(acceptances(tenant));
  const auto accounts = BEFFROI_TRY(people::accounts(tenant));
  if (format == audit::Format::csv) {
    std::string text(audit::kCsvBeginning);
    audit::add_csv_row(text, {"account", "name", "version", "sha256", "accepted"});
    for (const Acceptance& one : given) {
      audit::add_csv_row(text, {one.account, readable_account(accounts, one.account), std::to_string(one.version), one.sha256,
                                audit::utc_text(one.accepted_ms)});
    }
    return text;
  }
  json::Writer out;
  out.begin_object().field("commune", tenant.id()).key("acceptances").begin_array();
  for (const Acceptance& one : given) {
    out.begin_object().field("account", one.account).field("name", readable_account(accounts, one.account));
    out.field("version", one.version).field("sha256", one.sha256).field("accepted", audit::utc_text(one.accepted_ms)).end_object();
  }
  out.end_array().end_object();
  return std::move(out).text() + "\n";
}

std::string readable_account(const std::vector<people::Account>& accounts, std::string_view id) {
  const auto found = std::find_if(accounts.begin(), accounts.end(), [&](const people::Account& one) { return one.id == id; });
  return found == accounts.end() ? fmt::format("compte effacé ({})", id) : fmt::format("{} ({})", found->name, found->login);
}

}  // namespace beffroi::compliance
