#include "app/tables.h"

#include "metering/lines.h"
#include "usecases/assistant/feedback.h"
#include "usecases/assistant/route_labels.h"
#include "usecases/canteen/store/tables.h"

namespace beffroi::app {

std::vector<db::Migration> commune_tables() {
  std::vector<db::Migration> tables;
  for (const auto& room :
       {assistant::feedback_migrations(), metering::lines_migrations(), assistant::route_migrations(), canteen::canteen_migrations()}) {
    tables.insert(tables.end(), room.begin(), room.end());
  }
  return tables;
}

}  // namespace beffroi::app
