#include "app/tables.h"

#include "audit/tables.h"
#include "compliance/tables.h"
#include "jobs/queue.h"
#include "metering/lines.h"
#include "people/oidc/tables.h"
#include "people/tables.h"
#include "tenants/settings.h"
#include "usecases/assistant/feedback.h"
#include "usecases/assistant/route_labels.h"
#include "usecases/canteen/store/tables.h"
#include "usecases/gateway/quota.h"

namespace beffroi::app {

std::vector<db::Migration> commune_tables() {
  std::vector<db::Migration> tables;
  for (const std::span<const db::Migration> room : {
           assistant::feedback_migrations(),
           metering::lines_migrations(),
           assistant::route_migrations(),
           people::people_migrations(),
           people::oidc::oidc_migrations(),
           audit::audit_migrations(),
           compliance::compliance_migrations(),
           jobs::migrations(),
           canteen::canteen_migrations(),
           tenants::settings_migrations(),
           gateway::quota_migrations(),
       }) {
    tables.insert(tables.end(), room.begin(), room.end());
  }
  return tables;
}

tenants::CountQueries commune_counts() {
  tenants::CountQueries queries;
  queries.people = "SELECT count(*) FROM people_account WHERE disabled = 0";
  queries.jobs_failed = "SELECT count(*) FROM jobs_job WHERE state = 'failed'";
  queries.answers = "SELECT count(*) FROM metering_line";
  return queries;
}

}  // namespace beffroi::app
