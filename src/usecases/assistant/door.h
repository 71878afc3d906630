// What the API and the pages share. Only for routes.cpp and page_routes.cpp.
#pragma once

#include <string>

#include "http/router.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

// A route that may fail, for whoever has the right: its Error becomes a problem in one place.
using Action = Result<http::Reply> (*)(const Services& services, const http::Request& request);
[[nodiscard]] http::Route route(const Entrance& entrance, http::Method method, std::string pattern, people::Right right, Action action);

// While no base is loaded.
[[nodiscard]] Error not_ready();

}  // namespace beffroi::assistant
