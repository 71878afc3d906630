// Every route of the program, each behind the door of its commune.
#pragma once

#include <memory>
#include <optional>

#include "app/config.h"
#include "app/engine.h"
#include "base/result.h"
#include "http/router.h"
#include "http/traffic.h"
#include "tenants/directory.h"

namespace beffroi::app {

struct Routers {
  http::Router town;                    // at the address of [server]
  std::optional<http::Router> figures;  // at that of [metrics] listen, when the file gives one; /metrics is then there only
};

// The engine outlives the routers. Errors as add_provider (provider.h), and Code::internal when a route names no right: it would be open to everybody by omission.
[[nodiscard]] Result<Routers> routes_of(Engine& engine, const std::shared_ptr<tenants::Directory>& directory, const Config& config,
                                        const std::shared_ptr<const http::Traffic>& traffic);

}  // namespace beffroi::app
