// What the program keeps and what is configured, told to the pages and commands of whoever answers for it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "app/config.h"
#include "base/result.h"
#include "compliance/keeper.h"
#include "compliance/purge.h"
#include "compliance/register.h"
#include "http/router.h"
#include "jobs/runner.h"
#include "pages/frame.h"
#include "people/door.h"
#include "tenants/directory.h"

namespace beffroi::app {

// Of every table of commune_tables(): tables_test.cpp holds that.
[[nodiscard]] std::vector<compliance::Keeper> program_keepers();

// For the register: what the configuration and the disk say, the commune's own data, nothing else.
[[nodiscard]] Result<compliance::Facts> facts_of(const Config& config, const tenants::Directory& directory, const tenants::Tenant& tenant);

// The directory outlives what they give.
[[nodiscard]] compliance::Backups backups_of(std::shared_ptr<const tenants::Directory> directory);

struct Entrance {
  std::shared_ptr<const people::Door> door;
  std::function<pages::Surroundings(const people::Visitor&)> around;
};
void add_oversight(http::Router& router, const std::shared_ptr<const tenants::Directory>& directory, const Config& config,
                   const Entrance& entrance);
[[nodiscard]] jobs::Handler purge_job(std::shared_ptr<const tenants::Directory> directory);

}  // namespace beffroi::app
