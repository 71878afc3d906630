// Charter, journal, retention, register, requests of persons: the pages of whoever answers for what Beffroi does.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "compliance/keeper.h"
#include "compliance/purge.h"
#include "compliance/register.h"
#include "http/router.h"
#include "pages/frame.h"
#include "people/door.h"

namespace beffroi::oversight {

// Everything here is called from several threads at once.
struct Services {
  std::shared_ptr<const people::Door> door;
  std::function<pages::Surroundings(const people::Visitor&)> around;
  Clock now_ms;
  std::vector<compliance::Keeper> keepers;                                        // of every table of the program
  std::function<Result<compliance::Facts>(const tenants::Tenant&)> facts;  // what is configured, for the register
  compliance::Backups backups;
  std::function<void()> wake;                                                     // whoever does the jobs (purge_job.h); may be empty
};

// /charte for everybody, /conformite and what is under it for who has the right.
void add_routes(http::Router& router, const Services& services);

}  // namespace beffroi::oversight
