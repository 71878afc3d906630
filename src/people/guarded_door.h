// The door of the program: a session's cookie, an API key, or the public, of the commune whose host was asked.
//
// - « Authorization: Bearer bfr_… » names its commune: that one is opened and no other. Anything else in that header, or two of them, is
//   refused: a bad key is never taken for the public.
// - A session counts on a host of its own commune; on another's it is not looked at. Wrong, over or doubled, it is refused.
// - Without either, the public of the commune that the Host header names.
// - What changes something must come from our own pages, and with a session bear its token (field `csrf`, or X-Beffroi-Csrf).
// - Who must choose a first password may do nothing else.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "people/client.h"
#include "people/door.h"
#include "people/session.h"
#include "tenants/tenant.h"

namespace beffroi::people {

// Where communes are found: tenants::Directory, or a test's.
struct Communes {
  std::function<Result<tenants::Tenant>(std::string_view id)> named;
  std::function<Result<tenants::Tenant>(std::string_view host)> at_host;  // of a Host header, or the commune by default
};

struct DoorParts {
  Communes communes;
  std::function<std::int64_t()> now_ms;  // since 1970, UTC
  SessionRules rules = {};
  Edge edge = {};
};

[[nodiscard]] std::shared_ptr<const Door> guarded_door(DoorParts parts);

}  // namespace beffroi::people
