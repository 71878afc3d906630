#include "compliance/retention.h"

#include <fmt/format.h>

#include "audit/journal.h"

namespace beffroi::compliance {

namespace {

Result<Retention> retention_of(db::Database& database, const Keeper& keeper) {
  Retention found{.kind = keeper.kind, .days = keeper.days};
  db::Statement row = BEFFROI_TRY(database.prepare("SELECT days, changed_ms FROM compliance_retention WHERE kind = ?"));
  BEFFROI_CHECK(row.bind(1, std::string_view(keeper.kind)));
  if (!BEFFROI_TRY(row.step())) return found;
  found.days = row.number(0);
  found.changed_ms = row.number(1);
  found.decided = true;
  if (found.days >= keeper.least_days && found.days <= keeper.most_days) return found;
  return fail(Code::bad_input,
              fmt::format("La durée enregistrée pour «\u00a0{}\u00a0» n’est pas valide\u00a0: décidez-la à nouveau.", keeper.title));
}

}  // namespace

Result<std::vector<Retention>> retentions(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  std::vector<Retention> found;
  for (const Keeper& keeper : keepers) found.push_back(BEFFROI_TRY(retention_of(database, keeper)));
  return found;
}

Status set_retention(const tenants::Tenant& tenant, const std::vector<Keeper>& keepers, const NewRetention& wanted, const audit::Who& who,
                     std::int64_t now_ms) {
  const Keeper* keeper = keeper_of(keepers, wanted.kind);
  if (keeper == nullptr) return fail(Code::not_found, "Cette sorte de données n’existe pas.");
  if (!keeper->purge)
    return fail(Code::invalid_argument, "Ces données suivent le compte auquel elles appartiennent\u00a0: elles n’ont pas de durée propre.");
  if (wanted.days < keeper->least_days || wanted.days > keeper->most_days) {
    return fail(Code::invalid_argument,
                fmt::format("«\u00a0{}\u00a0»\u00a0: de {} à {} jours.", keeper->title, keeper->least_days, keeper->most_days));
  }
  db::Database database = BEFFROI_TRY(tenant.connect());
  db::Transaction transaction = BEFFROI_TRY(db::Transaction::begin(database));
  const std::int64_t former = BEFFROI_TRY(retention_of(database, *keeper)).days;
  db::Statement row = BEFFROI_TRY(
      database.prepare("INSERT INTO compliance_retention (kind, days, changed_ms, changed_by) VALUES (?, ?, ?, ?) ON CONFLICT (kind) DO "
                       "UPDATE SET days = excluded.days, changed_ms = excluded.changed_ms, changed_by = excluded.changed_by"));
  BEFFROI_CHECK(row.bind_all(std::string_view(wanted.kind), wanted.days, now_ms, std::string_view(who.id)));
  BEFFROI_CHECK(row.run());
  audit::Entry entry;
  entry.who = who;
  entry.action = audit::Action::retention_changed;
  entry.object = fmt::format("{}:{}->{}", wanted.kind, former, wanted.days);
  BEFFROI_TRY(audit::append_within(database, tenant.id(), entry, now_ms));
  return transaction.commit();
}

std::string readable_days(const Keeper& keeper, std::int64_t days) {
  if (!keeper.purge) return keeper.kept.empty() ? "tant que le compte existe" : keeper.kept;
  return fmt::format("{}\u00a0jour{}", days, days > 1 ? "s" : "");
}

}  // namespace beffroi::compliance
