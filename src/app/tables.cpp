#include "app/tables.h"

#include "audit/tables.h"
#include "metering/lines.h"
#include "tenants/settings.h"
#include "usecases/assistant/feedback.h"
#include "usecases/assistant/route_labels.h"

namespace beffroi::app {

std::vector<db::Migration> commune_tables() {
  std::vector<db::Migration> tables;
  for (const auto& room : {assistant::feedback_migrations(), metering::lines_migrations(), assistant::route_migrations(),
                           audit::audit_migrations(), tenants::settings_migrations()}) {
    tables.insert(tables.end(), room.begin(), room.end());
  }
  return tables;
}

tenants::CountQueries commune_counts() {
  tenants::CountQueries queries;
  queries.answers = "SELECT count(*) FROM metering_line";
  return queries;
}

}  // namespace beffroi::app
