#include "compliance/persons.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/export.h"
#include "audit/journal.h"
#include "compliance/retention.h"
#include "compliance/traces.h"
#include "json/writer.h"
#include "people/account.h"

namespace beffroi::compliance {

namespace {

Status note(const tenants::Tenant& tenant, audit::Action action, std::string_view account, const PurgeOrder& order) {
  audit::Entry entry;
  entry.who = order.who;
  entry.action = action;
  entry.object = account;
  BEFFROI_TRY(audit::append(tenant, entry, order.now_ms));
  return {};
}

Result<bool> is_under_way(db::Database& database, std::string_view account) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT 1 FROM compliance_erasure WHERE account = ?"));
  BEFFROI_CHECK(row.bind(1, account));
  return row.step();
}

Status begin_erasure(db::Database& database, std::string_view account, std::int64_t now_ms) {
  db::Statement row =
      BEFFROI_TRY(database.prepare("INSERT INTO compliance_erasure (account, started_ms) VALUES (?, ?) ON CONFLICT (account) DO NOTHING"));
  BEFFROI_CHECK(row.bind_all(account, now_ms));
  return row.run();
}

// The end of an erasure, and its line, together.
Status end_erasure(const tenants::Tenant& tenant, db::Database& database, std::string_view account, const PurgeOrder& order) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  audit::Entry entry;
  entry.who = order.who;
  entry.action = audit::Action::person_erased;
  entry.object = account;
  BEFFROI_TRY(audit::append_within(database, tenant.id(), entry, order.now_ms));
  db::Statement row = BEFFROI_TRY(database.prepare("DELETE FROM compliance_erasure WHERE account = ?"));
  BEFFROI_CHECK(row.bind(1, account));
  BEFFROI_CHECK(row.run());
  PurgeState state = BEFFROI_TRY(purge_state(database));
  state.traces_left = true;
  BEFFROI_CHECK(keep_purge_state(database, state));
  return transaction.commit();
}

// The account itself goes last: as long as it is there, what leads to it can be found.
Result<std::vector<Erased>> erase_everywhere(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, std::string_view account) {
  std::vector<Erased> kinds;
  std::vector<const Keeper*> ordered;
  for (const Keeper& keeper : keepers) ordered.push_back(&keeper);
  std::stable_partition(ordered.begin(), ordered.end(), [](const Keeper* keeper) { return keeper->kind != "accounts"; });
  for (const Keeper* keeper : ordered) {
    if (!keeper->access && !keeper->erase) continue;
    const std::int64_t rows = keeper->erase ? BEFFROI_TRY(keeper->erase(tenant, account)) : 0;
    kinds.push_back({keeper->kind, keeper->title, rows, keeper->why_kept});
  }
  return kinds;
}

std::vector<std::string> tables_of(const std::vector<Keeper>& keepers) {
  std::vector<std::string> tables{"compliance_erasure"};
  for (const Keeper& keeper : keepers) {
    if (keeper.access || keeper.erase) tables.insert(tables.end(), keeper.tables.begin(), keeper.tables.end());
  }
  return tables;
}

void write_kind(json::Writer& out, const Keeper& keeper, std::int64_t days) {
  out.begin_object().field("kind", keeper.kind).field("title", keeper.title).field("contents", keeper.contents);
  out.field("purpose", keeper.purpose).field("legal_basis", keeper.legal_basis).field("kept", readable_days(keeper, days));
}

}  // namespace

Result<std::string> access_data(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, std::string_view account,
                                const PurgeOrder& order) {
  const people::Account known = BEFFROI_TRY(people::account_of(tenant, account));
  BEFFROI_CHECK(note(tenant, audit::Action::person_accessed, known.id, order));
  const auto durations = BEFFROI_TRY(retentions(tenant, keepers));
  json::Writer out;
  out.begin_object().field("commune", tenant.id()).field("account", known.id).field("made", audit::utc_text(order.now_ms));
  out.key("data").begin_array();
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    if (!keepers[i].access) continue;
    const std::string held = BEFFROI_TRY(keepers[i].access(tenant, known.id));
    write_kind(out, keepers[i], durations[i].days);
    out.key("held").raw(held).end_object();
  }
  out.end_array().key("not_tied_to_an_account").begin_array();
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    if (keepers[i].access || !keepers[i].personal) continue;
    write_kind(out, keepers[i], durations[i].days);
    out.end_object();
  }
  out.end_array().end_object();
  return std::move(out).text();
}

Result<std::vector<SameName>> same_names(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, std::string_view account) {
  std::vector<SameName> all;
  for (const Keeper& keeper : keepers) {
    if (!keeper.same_name) continue;
    for (SameName& one : BEFFROI_TRY(keeper.same_name(tenant, account))) all.push_back(std::move(one));
  }
  return all;
}

Result<ErasureReport> erase_person(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, std::string_view account,
                                   const PurgeOrder& order, const std::vector<std::string>& chosen) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  if (!BEFFROI_TRY(is_under_way(database, account))) BEFFROI_TRY(people::account_of(tenant, account));
  ErasureReport report;
  // Before the erasure is noted: whoever finishes it later does not know what was chosen.
  for (const Keeper& keeper : keepers) {
    if (keeper.erase_same_name && !chosen.empty()) BEFFROI_TRY(keeper.erase_same_name(tenant, account, chosen));
  }
  report.left = BEFFROI_TRY(same_names(tenant, keepers, account));
  BEFFROI_CHECK(begin_erasure(database, account, order.now_ms));
  report.kinds = BEFFROI_TRY(erase_everywhere(tenant, keepers, account));
  BEFFROI_CHECK(end_erasure(tenant, database, account, order));
  report.traces_left = !BEFFROI_TRY(wipe_traces(database, tables_of(keepers)));
  if (!report.traces_left) {
    const PurgeState state = BEFFROI_TRY(purge_state(database));
    BEFFROI_CHECK(keep_purge_state(database, {state.looked_ms, false}));
  }
  if (order.backups) report.backups = BEFFROI_TRY(order.backups());
  return report;
}

Result<std::vector<std::string>> finish_erasures(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers,
                                                 const PurgeOrder& order) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Statement rows = BEFFROI_TRY(database.prepare("SELECT account FROM compliance_erasure ORDER BY account"));
  std::vector<std::string> found;
  while (BEFFROI_TRY(rows.step())) found.emplace_back(rows.text(0));
  rows.reset();
  for (const std::string& account : found) {
    BEFFROI_TRY(erase_everywhere(tenant, keepers, account));
    BEFFROI_CHECK(end_erasure(tenant, database, account, order));
  }
  return found;
}

}  // namespace beffroi::compliance
