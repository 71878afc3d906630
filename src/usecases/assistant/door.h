// What the API and the pages share. Only for routes.cpp and page_routes.cpp.
#pragma once

#include "http/router.h"
#include "usecases/assistant/services.h"

namespace beffroi::assistant {

// A route that may fail: its Error becomes a problem in one place.
using Action = Result<http::Reply> (*)(const Services& services, const http::Request& request);
[[nodiscard]] http::Handler handler(const Services& services, Action action);

// While no base is loaded.
[[nodiscard]] Error not_ready();

}  // namespace beffroi::assistant
