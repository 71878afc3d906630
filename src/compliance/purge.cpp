#include "compliance/purge.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/export.h"
#include "audit/journal.h"
#include "compliance/persons.h"
#include "compliance/retention.h"
#include "compliance/traces.h"

namespace beffroi::compliance {

namespace {

using audit::kDayMs;

// False: never looked at before.
Result<bool> clock_is_credible(const PurgeState& state, const PurgeOrder& order) {
  if (order.date_confirmed) return true;
  if (state.looked_ms == 0) return false;
  const std::int64_t days = (order.now_ms - state.looked_ms) / kDayMs;
  if (days <= kMostDaysForward) return true;
  return fail(Code::conflict,
              fmt::format("L’horloge a avancé de {} jours depuis la dernière purge ({}). Rien n’a été effacé\u00a0: vérifiez la date de la "
                          "machine, puis confirmez-la (beffroi compliance purge --now).",
                          days, audit::utc_text(state.looked_ms).substr(0, 10)),
              "clock jumped forward");
}

Purging purging_of(const tenants::Tenant& tenant, std::int64_t days, const PurgeOrder& order) {
  Purging purging{.commune = tenant.id(), .who = order.who, .now_ms = order.now_ms};
  purging.before_day = audit::utc_text(order.now_ms - days * kDayMs).substr(0, 10);
  purging.before_ms = (order.now_ms / kDayMs - days) * kDayMs;
  return purging;
}

// Rows and their proof, or neither.
Result<std::int64_t> purge_kind(db::Database& database, const Keeper& keeper, const Purging& purging) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const std::int64_t rows = BEFFROI_TRY(keeper.purge(database, purging));
  if (rows == 0) return 0;
  audit::Entry proof;
  proof.who = purging.who;
  proof.action = audit::Action::purged;
  proof.object = fmt::format("{}:{}:{}", keeper.kind, purging.before_day, rows);
  BEFFROI_TRY(audit::append_within(database, purging.commune, proof, purging.now_ms));
  PurgeState state = BEFFROI_TRY(purge_state(database));
  state.traces_left = true;
  BEFFROI_CHECK(keep_purge_state(database, state));
  BEFFROI_CHECK(transaction.commit());
  return rows;
}

// The whole: how many rows, whether the files are clean, how many backups still hold them.
Status conclude(db::Database& database, const tenants::Tenant& tenant, const PurgeOrder& order, const PurgeReport& report) {
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  audit::Entry whole;
  whole.who = order.who;
  whole.action = audit::Action::purged;
  whole.object = fmt::format("all:{}:{}:backups={}", audit::utc_text(order.now_ms).substr(0, 10), report.rows, report.backups.size());
  whole.outcome = report.traces_left ? "traces_left" : "done";
  BEFFROI_TRY(audit::append_within(database, tenant.id(), whole, order.now_ms));
  BEFFROI_CHECK(keep_purge_state(database, {order.now_ms, report.traces_left}));
  return transaction.commit();
}

std::vector<std::string> tables_of(const std::vector<Keeper>& keepers) {
  std::vector<std::string> tables;
  for (const Keeper& keeper : keepers) tables.insert(tables.end(), keeper.tables.begin(), keeper.tables.end());
  return tables;
}

}  // namespace

Result<PurgeState> purge_state(db::Database& database) {
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT looked_ms, traces_left FROM compliance_purge"));
  if (!BEFFROI_TRY(row.step())) return PurgeState{};
  return PurgeState{row.number(0), row.number(1) != 0};
}

Status keep_purge_state(db::Database& database, const PurgeState& state) {
  db::Statement row = BEFFROI_TRY(
      database.prepare("INSERT INTO compliance_purge (one, looked_ms, traces_left) VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET "
                       "looked_ms = excluded.looked_ms, traces_left = excluded.traces_left"));
  BEFFROI_CHECK(row.bind_all(state.looked_ms, std::int64_t{state.traces_left ? 1 : 0}));
  return row.run();
}

Result<PurgeReport> purge(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, const PurgeOrder& order) {
  const auto durations = BEFFROI_TRY(retentions(tenant, keepers));
  db::Database database = BEFFROI_TRY(tenant.connect());
  BEFFROI_CHECK(erase_for_good(database));
  PurgeReport report;
  const PurgeState before = BEFFROI_TRY(purge_state(database));
  if (!BEFFROI_TRY(clock_is_credible(before, order))) {
    report.first_look = true;
    BEFFROI_CHECK(keep_purge_state(database, {order.now_ms, before.traces_left}));
    return report;
  }
  report.persons = BEFFROI_TRY(finish_erasures(tenant, keepers, order));
  for (std::size_t i = 0; i < keepers.size(); ++i) {
    if (!keepers[i].purge) continue;
    const Purging purging = purging_of(tenant, durations[i].days, order);
    const std::int64_t rows = BEFFROI_TRY(purge_kind(database, keepers[i], purging));
    report.kinds.push_back({keepers[i].kind, keepers[i].title, durations[i].days, purging.before_day, rows});
    report.rows += rows;
  }
  if (BEFFROI_TRY(purge_state(database)).traces_left) report.traces_left = !BEFFROI_TRY(wipe_traces(database, tables_of(keepers)));
  if (order.backups) report.backups = BEFFROI_TRY(order.backups());
  BEFFROI_CHECK(conclude(database, tenant, order, report));
  return report;
}

}  // namespace beffroi::compliance
