#include "app/duties.h"

#include <unistd.h>

#include <string>
#include <utility>

#include "app/canteen_commands.h"
#include "app/oversight.h"
#include "base/clock.h"
#include "base/log.h"
#include "usecases/canteen/web/forecast_job.h"
#include "usecases/oversight/purge_job.h"

namespace beffroi::app {

jobs::Duties duties_of(std::shared_ptr<const tenants::Directory> directory, const Config& config) {
  jobs::Duties duties;
  duties.name = "serveur " + std::to_string(::getpid());
  duties.handlers[std::string(canteen::kForecastJob)] = canteen::forecast_handler(now_ms, boosting_of(config, false));
  duties.handlers[std::string(oversight::kPurgeJob)] = purge_job(directory);
  duties.sources = [directory = std::move(directory)] {
    std::vector<jobs::Source> sources;
    const auto all = directory->all();
    if (!all) {
      log::warn("jobs_not_looked_for", {{"code", std::string(name_of(all.error().code))}});
      return sources;
    }
    for (const tenants::Tenant& tenant : *all) sources.push_back({tenant.id(), [tenant] { return tenant.connect(); }});
    return sources;
  };
  return duties;
}

}  // namespace beffroi::app
