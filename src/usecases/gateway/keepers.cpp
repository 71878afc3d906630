#include "usecases/gateway/keepers.h"

#include <fmt/format.h>

#include "json/writer.h"
#include "people/key.h"
#include "usecases/gateway/quota.h"

namespace beffroi::gateway {

namespace {

Result<std::string> access(const tenants::Tenant& tenant, std::string_view account) {
  db::Database database = BEFFROI_TRY(tenant.connect());
  json::Writer out;
  out.begin_array();
  for (const people::Key& key : BEFFROI_TRY(people::keys(tenant))) {
    if (key.account != account) continue;
    db::Statement rows =
        BEFFROI_TRY(database.prepare("SELECT kind, period, used FROM gateway_use WHERE subject = ? ORDER BY period, kind"));
    BEFFROI_CHECK(rows.bind_all(std::string_view(key.id)));
    while (BEFFROI_TRY(rows.step())) {
      out.begin_object()
          .field("key", key.name)
          .field("kind", rows.text(0))
          .field("period", rows.text(1))
          .field("used", rows.number(2))
          .end_object();
    }
  }
  out.end_array();
  return std::move(out).text();
}

}  // namespace

std::vector<compliance::Keeper> gateway_keepers() {
  compliance::Keeper use;
  use.kind = "api_use";
  use.title = "Demandes des clés d’API";
  use.contents = "Nombre de demandes par minute et de jetons par jour de chaque clé, jamais ce qui est demandé";
  use.purpose = "Tenir les quotas que la commune a réglés";
  use.legal_basis = "Mission d’intérêt public (RGPD, article 6-1-e)";
  use.days = use.most_days = kDaysUseIsKept;
  use.least_days = 1;
  use.tables = {"gateway_use"};
  use.purge = compliance::purge_rows("gateway_use", "period", compliance::Age::day);
  use.access = access;
  use.why_kept = "des nombres seulement, qui s’effacent d’eux-mêmes en trente-cinq jours";
  return {use};
}

}  // namespace beffroi::gateway
