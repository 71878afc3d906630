// Every route of the program, each behind the door of its commune.
#pragma once

#include <memory>

#include "app/config.h"
#include "app/engine.h"
#include "base/result.h"
#include "http/router.h"
#include "tenants/directory.h"

namespace beffroi::app {

// The engine outlives the router. Errors as add_provider (provider.h), and Code::internal when a route names no right: it would be open to everybody by omission.
[[nodiscard]] Result<http::Router> routes_of(Engine& engine, const std::shared_ptr<tenants::Directory>& directory,
                                             const Config& config);

}  // namespace beffroi::app
