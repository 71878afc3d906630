// For tests only: an entrance where everybody is the same visitor of one commune, whose journal takes everything unless the test names
// another trace.
#pragma once

#include <memory>
#include <utility>

#include "base/testing.h"
#include "people/fake/open_door.h"
#include "tenants/testing/commune.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant::testing {

inline Entrance everybody(Services services, people::Role role = people::Role::citizen) {
  static const beffroi::testing::TemporaryFolder home;
  static const tenants::Tenant tenant = *tenants::testing::commune(home.path(), "demo", {});
  if (!services.trace) services.trace = Trace({}, [](const audit::Entry&) { return Status{}; });
  return {std::make_shared<people::fake::OpenDoor>(tenant, role),
          [services = std::move(services)](const people::Visitor&) -> Result<Services> { return services; }};
}

}  // namespace beffroi::assistant::testing
